import { demoSeed, generateSeed } from "@pr-review/github-double";
import { expect, it } from "vitest";
import { z } from "zod";

import { getReviewThreads } from "../../src/index.ts";
import { harness } from "../harness.ts";

const structured = z.looseObject({
  receipt: z.looseObject({
    complete: z.boolean(),
    omitted: z.array(z.looseObject({ thread_id: z.string() })),
  }),
  threads: z.array(z.object({ thread_id: z.string(), pull_request: z.string() })),
  comments: z.array(
    z.looseObject({
      id: z.string(),
      thread_id: z.string(),
      body: z.string(),
      diff_hunk: z.string(),
    }),
  ),
});

async function get(args: object, context: Parameters<typeof getReviewThreads.call>[1]) {
  const answer = await getReviewThreads.call(args, context);
  return { ...answer, structured: structured.parse(answer.structured) };
}

it("gets whole threads, however long, with hunk, place and pull request", async () => {
  const { context, double } = await harness({
    seed: generateSeed({ threads: 30, commentsPerThread: 120, hunkLength: 50 }),
  });
  const ids = double.seed.repositories[0]?.pullRequests[0]?.threads.map(({ id }) => id) ?? [];
  const { structured: data, texts } = await get({ thread_ids: ids.slice(3, 13) }, context);
  expect(data.comments).toHaveLength(1_200);
  expect(data.comments.every(({ diff_hunk }) => diff_hunk !== "")).toBe(true);
  expect(data.receipt.complete).toBe(true);
  expect(data.threads[0]).toEqual({ thread_id: ids[3], pull_request: "acme/widgets#7" });
  expect(texts[0]).toContain("**Code Snippet:**");
  expect(double.problems).toEqual([]);
});

it("gets reviews and comments of the conversation by their ids as well", async () => {
  const { context, double } = await harness({ seed: demoSeed() });
  const pr = double.seed.repositories
    .flatMap(({ pullRequests }) => pullRequests)
    .find(({ number }) => number === 7);
  const ids = [pr?.reviews?.[0]?.id, pr?.comments?.[0]?.id];
  const { structured: data } = await get({ thread_ids: ids }, context);
  expect(data.comments.map(({ id }) => id)).toEqual(ids);
  expect(data.receipt.complete).toBe(true);
});

it("names the ids it found nothing under, and those it had no room for", async () => {
  const seed = generateSeed({ threads: 5, commentsPerThread: 90, hunkLength: 20 });
  const limits = {
    perPage: 100,
    maxPages: 50,
    maxComments: 100,
    maxTokens: 1_000_000,
    deadlineMs: 60_000,
  };
  const { context, double } = await harness({ seed, limits });
  const ids =
    double.seed.repositories[0]?.pullRequests[0]?.threads.map(({ id }) => id).slice(0, 2) ?? [];
  const { structured: data } = await get({ thread_ids: [...ids, "PRRT_nothing"] }, context);
  expect(data.comments).toHaveLength(90);
  expect(data.receipt).toMatchObject({
    complete: false,
    omitted: [
      { thread_id: ids[1], reason: "limit" },
      { thread_id: "PRRT_nothing", reason: "not-found" },
    ],
  });
});

it.each([
  [{}],
  [{ thread_ids: [] }],
  [{ thread_ids: Array.from({ length: 26 }, (_, index) => `PRRT_${index}`) }],
  [{ thread_ids: [7] }],
  [{ thread_ids: ["x".repeat(301)] }],
])("refuses %j", async (args) => {
  const { context } = await harness();
  await expect(getReviewThreads.call(args, context)).rejects.toMatchObject({
    code: "invalid-arguments",
    message: "Invalid value for thread_ids: must be 1 to 25 strings of up to 300 characters",
  });
});

it("gives nothing of a thread whose repository the key may not use", async () => {
  const { context, double } = await harness({
    seed: generateSeed({ threads: 3, commentsPerThread: 1 }),
    allowedRepos: ["acme/gears"],
  });
  const ids = double.seed.repositories[0]?.pullRequests[0]?.threads.map(({ id }) => id) ?? [];
  const { structured: data, texts } = await get({ thread_ids: ids }, context);
  expect([data.comments, data.threads]).toEqual([[], []]);
  expect(data.receipt.omitted.map(({ thread_id }) => thread_id)).toEqual(ids);
  const bodies = double.seed.repositories[0]?.pullRequests[0]?.threads[0]?.comments ?? [];
  expect(texts.join("")).not.toContain(bodies[0]?.body);
});
