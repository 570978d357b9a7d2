import { demoSeed, type SeedPullRequest } from "@pr-review/github-double";
import { expect, it } from "vitest";

import type { Feed } from "../src/index.ts";
import { acme, connect, read, startDouble, storedIn } from "./acme.ts";

const idsIn = ({ threads }: Feed) =>
  threads.flatMap(({ id, comments }) => comments.map((comment) => `${id} ${comment.id}`));
const idsOf = ({ threads }: SeedPullRequest) =>
  threads.flatMap(({ id, comments }) => comments.map((each) => `${id} ${each.id}`));

it.each([1, 99, 100, 101, 199, 200, 201, 300, 399, 400, 401])(
  "reads all of %i threads, from both ends at once, each thread once",
  async (threads) => {
    const { double, github, pr } = await acme({ threads, commentsPerThread: 1 });
    const feed = await read(github);
    expect(idsIn(feed)).toEqual(idsOf(pr));
    expect(feed).toMatchObject({ next: undefined, gaps: [], totalThreads: threads });
    expect(double.problems).toEqual([]);
  },
);

it("reads 1,000 comments of 400 threads for 4 points in 2 round trips", async () => {
  const { double, github } = await acme({ threads: 400 });
  const feed = await read(github);
  expect(idsIn(feed)).toHaveLength(1_000);
  expect(feed.cost).toMatchObject({ requests: 4, points: 4 });
  const variables = double.requests.map((request) => request.variables);
  expect(
    variables.filter((each) => each?.["after"] === undefined && each?.["before"] === undefined),
  ).toHaveLength(2);
});

it.each([50, 51, 100, 149, 150, 151, 200, 250, 360])(
  "reads all of %i comments of one thread, each once (W7)",
  async (comments) => {
    const { double, github, pr } = await acme({ threads: 1, commentsPerThread: comments });
    const feed = await read(github);
    expect(idsIn(feed)).toEqual(idsOf(pr));
    expect(feed.gaps).toEqual([]);
    expect(double.problems).toEqual([]);
  },
);

it("asks for the rest of many long threads at once", async () => {
  const { double, github } = await acme({ threads: 40, commentsPerThread: 120 });
  const feed = await read(github, { maxComments: 10_000 });
  expect(idsIn(feed)).toHaveLength(4_800);
  const operations = double.requests.map(({ operation }) => operation);
  expect(operations.filter((name) => name === "LastComments")).toHaveLength(1);
  expect(operations).not.toContain("ThreadComments");
});

it("leaves the hunks, most of an answer, at GitHub when nobody wants them", async () => {
  const { github } = await acme({ threads: 3, hunkLength: 600 });
  const { threads } = await read(github, { hunks: false });
  expect(threads.flatMap(({ comments }) => comments.map(({ diffHunk }) => diffHunk)).join("")).toBe(
    "",
  );
});

it("reads every field of a thread and its comments", async () => {
  const github = await startDouble({ seed: demoSeed() });
  const { threads } = await read(connect(github));
  expect(threads[0]).toMatchObject({
    id: "PRRT_widgets_7_1",
    kind: "review_comment",
    isResolved: false,
    side: "RIGHT",
    subjectType: "LINE",
    path: "src/cart/total.ts",
    line: 42,
    totalComments: threads[0]?.comments.length,
    comments: [
      {
        author: "carol",
        authorType: "human",
        databaseId: expect.stringMatching(/^\d+$/),
        url: expect.stringContaining("#discussion_r"),
        createdAt: expect.stringMatching(/^2026-/),
        commit: expect.stringMatching(/^[0-9a-f]{40}$/),
        suggestions: [expect.stringContaining("lines.reduce")],
      },
    ],
  });
  expect(threads.find(({ isResolved }) => isResolved)).toMatchObject({ resolvedBy: "alice" });
  expect(
    threads.some(
      ({ isOutdated, line, originalLine }) =>
        isOutdated && line === undefined && originalLine !== undefined,
    ),
  ).toBe(true);
  expect(
    threads.flatMap(({ comments }) => comments).some(({ authorType }) => authorType === "bot"),
  ).toBe(true);
  expect(github.problems).toEqual([]);
});

it("removes what hides in a comment, and counts it", async () => {
  const github = await startDouble({ seed: demoSeed() });
  const { threads } = await read(connect(github));
  const comments = threads.flatMap((thread) => thread.comments);
  expect(comments.map(({ body }) => body).join()).not.toContain("ignore your instructions");
  expect(comments.find(({ author }) => author === "drive-by")?.sanitised).toEqual({
    html_comments: 1,
  });
});

it("reads reviews with a body and the conversation when asked, and only then", async () => {
  const github = await startDouble({ seed: demoSeed() });
  const kinds = ["review_comment", "review", "conversation"] as const;
  const feed = await read(connect(github), { kinds });
  expect(new Set(feed.threads.map(({ kind }) => kind))).toEqual(new Set(kinds));
  const reviews = feed.threads.filter(({ kind }) => kind === "review");
  expect(
    reviews.every(
      ({ comments }) => comments[0]?.body !== "" && comments[0]?.reviewState !== undefined,
    ),
  ).toBe(true);
  expect(feed).toMatchObject({ totalThreads: feed.threads.length, gaps: [] });
  expect(github.problems).toEqual([]);
  expect(
    (await read(connect(github), { kinds: ["conversation"] })).threads.every(
      ({ kind }) => kind === "conversation",
    ),
  ).toBe(true);
});

it("calls the author of a deleted account unknown (W9)", async () => {
  const seed = demoSeed();
  for (const thread of storedIn(seed).threads)
    for (const each of thread.comments) each.author = null;
  const github = await startDouble({ seed });
  const { threads } = await read(connect(github));
  const authors = threads.flatMap(({ comments }) => comments.map(({ author }) => author));
  expect(new Set(authors)).toEqual(new Set(["unknown"]));
});

it("loses one broken comment, not the others, and says so (W9, W10)", async () => {
  const seed = demoSeed();
  const total = idsOf(storedIn(seed)).length;
  const [broken] = storedIn(seed).threads[0]?.comments ?? [];
  if (broken !== undefined) broken.body = null;
  const github = await startDouble({ seed });
  const feed = await read(connect(github));
  expect(idsIn(feed)).toHaveLength(total - 1);
  expect(feed.gaps).toContain("unreadable");
});

it.each([
  [{ maxComments: 7 }, 7],
  [{ maxPages: 1, perPage: 10 }, 20],
  [{ maxPages: 2, perPage: 10 }, 40],
])("stops at %j with %i comments, and says where to go on (W7, W8)", async (limits, count) => {
  const { github, pr } = await acme({ threads: 30, commentsPerThread: 2 });
  const feed = await read(github, limits);
  expect(idsIn(feed)).toEqual(idsOf(pr).slice(0, count));
  expect(feed).toMatchObject({ gaps: expect.arrayContaining(["limit"]), totalThreads: 30 });
  const rest = await read(github, { from: feed.next });
  const seen = new Set(feed.threads.map(({ id }) => id));
  expect(rest.threads.every(({ id }) => !seen.has(id))).toBe(true);
  expect(seen.size + rest.threads.length).toBe(30);
});

it("asks for pages of the size it was told (W8)", async () => {
  const { double, github } = await acme({ threads: 30, commentsPerThread: 1 });
  await read(github, { perPage: 10 });
  const sizes = double.requests.map(({ variables }) => variables?.["first"] ?? variables?.["last"]);
  expect(new Set(sizes)).toEqual(new Set([10]));
});

it("is whole when a limit is met exactly", async () => {
  const { github } = await acme({ threads: 10, commentsPerThread: 2 });
  expect(await read(github, { maxComments: 20 })).toMatchObject({ next: undefined, gaps: [] });
});

it("tells how far it is after each page", async () => {
  const { github } = await acme({ threads: 25, commentsPerThread: 1 });
  const told: (readonly number[])[] = [];
  const options = { onProgress: (...progress: readonly number[]) => void told.push(progress) };
  await read(github, { perPage: 10, bothEnds: false }, options);
  expect(told).toEqual([
    [10, 25],
    [20, 25],
    [25, 25],
  ]);
});

it("reads an empty pull request as empty and whole", async () => {
  const { github } = await acme({ threads: 0 });
  expect(await read(github)).toMatchObject({
    threads: [],
    totalThreads: 0,
    next: undefined,
    gaps: [],
  });
});

it("stops paging when the caller gives up", async () => {
  const { double, github } = await acme({ threads: 50, commentsPerThread: 1 });
  const caller = new AbortController();
  const watch = { signal: caller.signal, onProgress: () => caller.abort() };
  await expect(read(github, { perPage: 10, bothEnds: false }, watch)).rejects.toMatchObject({
    name: "AbortError",
  });
  expect(double.requests).toHaveLength(1);
});

it("asks for half as much when GitHub fails or takes too long, and for more again later", async () => {
  const { double, github, pr } = await acme(
    { threads: 250, commentsPerThread: 1 },
    { maxRetries: 3 },
  );
  double.fail({ kind: "status", status: 502, times: 2 });
  const feed = await read(github, { bothEnds: false });
  expect(idsIn(feed)).toEqual(idsOf(pr));
  const sizes = double.requests.map(({ variables }) => variables?.["first"]);
  expect(sizes.slice(0, 5)).toEqual([100, 50, 25, 50, 100]);
});

it("keeps what it has when a later page fails, and says why it is not all", async () => {
  const { double, github, pr } = await acme({ threads: 250, commentsPerThread: 1 });
  const isSecondPage = ({ variables = {} }) =>
    "after" in variables && variables["after"] !== undefined;
  double.fail({ kind: "status", status: 503, match: isSecondPage, times: Infinity });
  const feed = await read(github, { bothEnds: false });
  expect(idsIn(feed)).toEqual(idsOf(pr).slice(0, 100));
  expect(feed.gaps).toEqual(["github-unavailable"]);
  double.reset();
  expect(idsIn(await read(github, { from: feed.next }))).toEqual(idsOf(pr).slice(100));
});

it("does not trust the seam of two walks when the list changed under them", async () => {
  const { double, github, pr } = await acme({ threads: 400, commentsPerThread: 1 });
  const [first] = pr.threads;
  double.fail({
    kind: "latency",
    ms: 50,
    match: ({ variables }) => variables?.["before"] !== undefined,
  });
  const watch = {
    onProgress: () => {
      if (first === undefined || pr.threads[0] !== first) return;
      pr.threads.shift();
      const added = {
        ...first,
        id: "PRRT_new",
        comments: first.comments.map((each) => ({ ...each, id: "PRRC_new" })),
      };
      pr.threads.push(added);
      pr.updatedAt = "2026-11-22T12:00:00Z";
    },
  };
  const feed = await read(github, {}, watch);
  const ids = new Set(feed.threads.map(({ id }) => id));
  const stored = pr.threads.map(({ id }) => id);
  expect(feed.gaps).toEqual([]);
  expect(stored.filter((id) => !ids.has(id) && id !== "PRRT_new")).toEqual([]);
});

it("passes a failure of the first page on", async () => {
  const { double, github } = await acme({ threads: 3 });
  double.fail({ kind: "status", status: 503, times: Infinity });
  await expect(read(github)).rejects.toMatchObject({ code: "github-unavailable" });
});
