import { demoSeed } from "@pr-review/github-double";
import { expect, it } from "vitest";

import { fetchReviewThreads, type ReviewThreads } from "../src/index.ts";
import { acme, connect, startDouble, storedIn, pullRequest } from "./acme.ts";

const idsIn = ({ threads }: ReviewThreads) =>
  threads.flatMap(({ id, comments }) => comments.map((comment) => `${id} ${comment.id}`));

it("reads every comment of every thread, over the pages of both levels (W7)", async () => {
  const { double, github, pr } = await acme({
    threads: 230,
    commentsPerThread: (thread) => (thread === 3 ? 250 : 1 + (thread % 3)),
  });
  const found = await fetchReviewThreads(github, pullRequest);
  const stored = pr.threads.flatMap(({ id, comments }) =>
    comments.map((each) => `${id} ${each.id}`),
  );
  expect(idsIn(found)).toEqual(stored);
  expect(found).toMatchObject({ complete: true, totalThreads: 230 });
  expect(double.problems).toEqual([]);
});

it("reads state, resolver, place and author of a thread", async () => {
  const github = await startDouble({ seed: demoSeed() });
  const { threads } = await fetchReviewThreads(connect(github), pullRequest);
  const resolved = threads.find(({ isResolved }) => isResolved);
  expect(resolved).toMatchObject({ resolvedBy: "alice", path: "src/cart/total.ts" });
  expect(
    threads.some(
      ({ isOutdated, line, originalLine }) =>
        isOutdated && line === undefined && originalLine !== undefined,
    ),
  ).toBe(true);
  expect(threads.some(({ subjectType }) => subjectType === "FILE")).toBe(true);
  expect(github.problems).toEqual([]);
});

it("calls the author of a deleted account unknown (W9)", async () => {
  const seed = demoSeed();
  for (const thread of storedIn(seed).threads)
    for (const each of thread.comments) each.author = null;
  const github = await startDouble({ seed });
  const { threads } = await fetchReviewThreads(connect(github), pullRequest);
  const authors = threads.flatMap(({ comments }) => comments.map(({ author }) => author));
  expect(new Set(authors)).toEqual(new Set(["unknown"]));
});

it("loses one broken comment, not the others, and says so (W9, W10)", async () => {
  const seed = demoSeed();
  const [broken] = storedIn(seed).threads[0]?.comments ?? [];
  const total = storedIn(seed).threads.reduce((sum, { comments }) => sum + comments.length, 0);
  if (broken !== undefined) broken.body = null;
  const github = await startDouble({ seed });
  const found = await fetchReviewThreads(connect(github), pullRequest);
  expect(idsIn(found)).toHaveLength(total - 1);
  expect(found.complete).toBe(false);
});

it.each([
  [{ maxComments: 7 }, 7],
  [{ maxPages: 1, perPage: 10 }, 20],
  [{ maxPages: 2, perPage: 10 }, 40],
])("stops at %j with %i comments and says that this is not all (W7, W8)", async (limits, count) => {
  const { github } = await acme({ threads: 30, commentsPerThread: 2 });
  const found = await fetchReviewThreads(github, pullRequest, limits);
  expect(idsIn(found)).toHaveLength(count);
  expect(found).toMatchObject({ complete: false, totalThreads: 30 });
});

it("asks for pages of the size it was told (W8)", async () => {
  const { double, github } = await acme({ threads: 30, commentsPerThread: 1 });
  await fetchReviewThreads(github, pullRequest, { perPage: 10 });
  expect(double.requests.map(({ variables }) => variables?.["first"])).toEqual([10, 10, 10]);
});

it("is complete when a limit is met exactly", async () => {
  const { github } = await acme({ threads: 10, commentsPerThread: 2 });
  const found = await fetchReviewThreads(github, pullRequest, { maxComments: 20 });
  expect(found.complete).toBe(true);
});

it("tells how far it is after each page", async () => {
  const { github } = await acme({ threads: 25, commentsPerThread: 1 });
  const told: (readonly number[])[] = [];
  await fetchReviewThreads(github, pullRequest, {
    perPage: 10,
    onProgress: (...progress) => told.push(progress),
  });
  expect(told).toEqual([
    [10, 25],
    [20, 25],
    [25, 25],
  ]);
});

it("reads an empty pull request as complete and empty", async () => {
  const { github } = await acme({ threads: 0 });
  expect(await fetchReviewThreads(github, pullRequest)).toEqual({
    threads: [],
    totalThreads: 0,
    complete: true,
  });
});

it("stops paging when the caller gives up", async () => {
  const { double, github } = await acme({ threads: 50, commentsPerThread: 1 });
  const caller = new AbortController();
  const reading = fetchReviewThreads(github, pullRequest, {
    perPage: 10,
    signal: caller.signal,
    onProgress: () => caller.abort(),
  });
  await expect(reading).rejects.toThrow(expect.objectContaining({ name: "AbortError" }));
  expect(double.requests).toHaveLength(1);
});
