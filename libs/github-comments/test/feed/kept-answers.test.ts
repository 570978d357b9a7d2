import { expect, it } from "vitest";

import { KeptAnswers } from "../../src/feed/kept-answers.ts";
import type { Feed } from "../../src/index.ts";

const cost = { requests: 1, points: 1, remaining: 1, resetAt: undefined };
const read = (): Feed => ({
  threads: [],
  totalThreads: 0,
  next: undefined,
  gaps: [],
  cost,
  readAt: 0,
});

it("makes an answer once for each read and question, and keeps the last of a read", () => {
  const kept = new KeptAnswers<string>();
  const [one, other] = [read(), read()];
  const prices = {};
  const made: string[] = [];
  const ask = (feed: Feed, question: readonly unknown[], answer: string) =>
    kept.of(feed, question, () => {
      made.push(answer);
      return answer;
    });
  expect(ask(one, ["a", prices], "first")).toBe("first");
  expect(ask(one, ["a", prices], "again")).toBe("first");
  expect(ask(other, ["a", prices], "of another read")).toBe("of another read");
  expect(ask(one, ["a", {}], "by another price list")).toBe("by another price list");
  expect(ask(one, ["a"], "of fewer parts")).toBe("of fewer parts");
  expect(ask(one, ["a", prices], "anew")).toBe("anew");
  expect(made).toEqual([
    "first",
    "of another read",
    "by another price list",
    "of fewer parts",
    "anew",
  ]);
});
