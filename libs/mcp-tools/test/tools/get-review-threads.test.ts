import { demoSeed, generateSeed } from "@pr-review/github-double";
import { expect, it } from "vitest";
import { z } from "zod";

import { getReviewThreads } from "../../src/index.ts";
import { harness, limits, prUrl } from "../harness.ts";

/** Threads of the demo: on the pull request under review, and in the private repository beside it. */
const own = "PRRT_widgets_7_3";
const foreign = "PRRT_vault_1";

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
  const { context, double } = await harness({ seed, limits: { ...limits, maxComments: 100 } });
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

it.each([{}, { pr_url: "" }, { host: "github.com" }])(
  "asks a caller bound to repositories for pr_url, and GitHub for nothing, given %j",
  async (args) => {
    const { context, double } = await harness({ allowedRepos: ["acme/widgets"] });
    const call = getReviewThreads.call({ ...args, thread_ids: [own] }, context);
    await expect(call).rejects.toMatchObject({
      code: "repository-required",
      message: expect.stringContaining("Give pr_url"),
    });
    expect(double.requests).toEqual([]);
  },
);

it("refuses a pr_url the caller may not use before GitHub is asked", async () => {
  const { context, double } = await harness({ allowedRepos: ["acme/vault"] });
  const call = getReviewThreads.call({ thread_ids: [own], pr_url: prUrl }, context);
  await expect(call).rejects.toMatchObject({ code: "repository-not-allowed" });
  expect(double.requests).toEqual([]);
});

it.each([
  [["acme/widgets"], prUrl],
  [["acme/*"], "ACME/Widgets#7"],
  [undefined, `${prUrl}#discussion_r3200000001`],
])("gives a caller bound to %j, of %s, no thread of another repository", async (allowed, url) => {
  const { context } = await harness({ allowedRepos: allowed });
  const args = { thread_ids: [foreign, own], pr_url: url };
  const { structured: data, texts } = await get(args, context);
  expect(data.threads.map(({ thread_id }) => thread_id)).toEqual([own]);
  expect(new Set(data.comments.map(({ thread_id }) => thread_id))).toEqual(new Set([own]));
  expect(data.receipt.omitted).toMatchObject([{ thread_id: foreign, reason: "not-found" }]);
  expect(texts.join("")).not.toContain("Is the old key revoked?");
});

it("asks for nothing further of a foreign thread, and leaves it no room", async () => {
  const seed = demoSeed();
  const vault = seed.repositories.find(({ name }) => name === "vault");
  for (const thread of vault?.pullRequests[0]?.threads ?? []) {
    thread.comments = Array.from({ length: 250 }, (_, index) => ({
      id: `PRRC_${index}`,
      body: "Mine.",
    }));
  }
  const allowedRepos = ["acme/widgets"];
  const { context, double } = await harness({
    seed,
    limits: { ...limits, maxComments: 100 },
    allowedRepos,
  });
  const { structured: data } = await get({ thread_ids: [foreign, own], pr_url: prUrl }, context);
  expect(data.threads.map(({ thread_id }) => thread_id)).toEqual([own]);
  expect(data.receipt.omitted).toMatchObject([{ thread_id: foreign, reason: "not-found" }]);
  expect(double.requests).toHaveLength(1);
});

it("goes to the host of pr_url rather than to host", async () => {
  const { context } = await harness();
  const args = { thread_ids: [own], pr_url: prUrl, host: "elsewhere.test" };
  expect((await get(args, context)).structured.receipt.complete).toBe(true);
  const away = { thread_ids: [own], pr_url: "elsewhere.test/acme/widgets#7" };
  await expect(getReviewThreads.call(away, context)).rejects.toMatchObject({
    code: "host-not-allowed",
  });
});
