import { expect, it } from "vitest";

import { wrongWith } from "../judge.ts";

const expected = { tools: ["whoami", "check"], comments: ["PRRC_x_1", "PRRC_x_10"] };
const good = {
  tools: ["check", "whoami"],
  answer: String.raw`[{\"id\":\"PRRC_x_1\"},{\"id\":\"PRRC_x_10\"},{\"id\":\"PRRC_x_1\"}]`,
};

it("finds nothing wrong with all tools and all comments, in whatever order and quotes", () => {
  expect(wrongWith(good, "2025-11-25", expected)).toBeUndefined();
});

it("misses a comment whose id is the beginning of another's", () => {
  const taken = { ...good, answer: '"PRRC_x_10"' };
  expect(wrongWith(taken, "2025-11-25", expected)).toBe(
    "of the comments it lacks 1, and has 0 others",
  );
});

it("does not take other comments for those that are asked for", () => {
  const taken = { ...good, answer: "PRRC_x_1 PRRC_x_2" };
  expect(wrongWith(taken, "2025-11-25", expected)).toBe(
    "of the comments it lacks 1, and has 1 others",
  );
});

it("wants the tools of the server, and no others", () => {
  const listing = (...tools: string[]) => wrongWith({ ...good, tools }, "2025-11-25", expected);
  expect(listing("whoami")).toBe("of the tools it lacks 1, and has 0 others");
  expect(listing("whoami", "check", "x")).toBe("of the tools it lacks 0, and has 1 others");
});

it("wants the call in the revision that was chosen, and a call at all", () => {
  const chosen = { ...expected, era: "2026-07-28" };
  expect(wrongWith(good, "2026-07-28", chosen)).toBeUndefined();
  expect(wrongWith(good, "2025-11-25", chosen)).toBe("it called in 2025-11-25");
  expect(wrongWith(good, undefined, expected)).toBe("it called no tool");
});
