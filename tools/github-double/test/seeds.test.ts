import { expect, it } from "vitest";

import { demoSeed, demoTokens, generateSeed } from "../src/index.ts";

it("demonstrates nine threads in every state, under tokens of GitHub's shape", () => {
  const pull = demoSeed().repositories[0]?.pullRequests.find(({ number }) => number === 7);
  const threads = pull?.threads ?? [];
  const comments = threads.flatMap((thread) => thread.comments);
  expect(threads).toHaveLength(9);
  expect(threads.filter(({ isResolved }) => isResolved === true)).toHaveLength(2);
  expect(threads.filter(({ isOutdated }) => isOutdated === true)).toHaveLength(2);
  expect(threads.filter(({ subjectType }) => subjectType === "FILE")).toHaveLength(1);
  expect(comments.filter(({ author }) => author === null)).toHaveLength(1);
  expect(comments.filter(({ body }) => body?.includes("```suggestion"))).toHaveLength(1);
  expect(comments.filter(({ body }) => body?.includes("<!--"))).toHaveLength(1);
  expect(pull?.reviews).toHaveLength(2);
  expect(pull?.comments).toHaveLength(2);
  for (const token of Object.values(demoTokens)) expect(token).toMatch(/^ghp_[A-Za-z0-9]{36}$/);
});

it("gives every caller a seed of its own", () => {
  const seed = demoSeed();
  seed.repositories.length = 0;
  expect(demoSeed().repositories).toHaveLength(2);
});

it("generates 400 threads, 1,000 comments and hunks of about 600 characters", () => {
  const threads = generateSeed().repositories[0]?.pullRequests[0]?.threads ?? [];
  const comments = threads.flatMap((thread) => thread.comments);
  const lengths = comments.map(({ diffHunk }) => diffHunk?.length ?? 0);
  expect(threads).toHaveLength(400);
  expect(new Set(comments.map(({ id }) => id)).size).toBe(1_000);
  expect(Math.min(...lengths)).toBeGreaterThan(550);
  expect(Math.max(...lengths)).toBeLessThan(650);
});
