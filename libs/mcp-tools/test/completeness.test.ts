import type {
  Failure,
  GitHubDouble,
  SeedIssueComment,
  SeedReview,
  SeedThread,
} from "@pr-review/github-double";
import { demoTokens } from "@pr-review/github-double";
import fc from "fast-check";
import { expect, it } from "vitest";
import { z } from "zod";

import { fetchPrReviewComments, getReviewThreads, type ToolContext } from "../src/index.ts";
import { harness, limits, prUrl } from "./harness.ts";

const receipt = z.object({
  complete: z.boolean(),
  omitted: z.array(z.object({ thread_id: z.string(), reason: z.string() })),
  next_cursor: z.string().nullable().optional(),
});
const answer = z.looseObject({ receipt, comments: z.array(z.looseObject({ id: z.string() })) });

const faults: readonly Failure[] = [
  { kind: "status", status: 502 },
  { kind: "status", status: 504 },
  { kind: "reset" },
  { kind: "truncate" },
  { kind: "html" },
  { kind: "not-json" },
  { kind: "graphql-error", type: "RESOURCE_LIMITS_EXCEEDED", message: "x", keepData: true },
  { kind: "graphql-error", type: "FORBIDDEN", message: "x", path: ["repository", "pullRequest"] },
];

/** Mostly short threads, some long, as many as a run can bear. */
const sizes = fc
  .array(
    fc.oneof(
      { weight: 9, arbitrary: fc.integer({ min: 1, max: 4 }) },
      fc.integer({ min: 5, max: 250 }),
    ),
    {
      maxLength: 500,
      size: "max",
    },
  )
  .map((counts) => {
    let room = 700;
    return counts.filter((count) => (room -= count) >= 0);
  });

const scenario = fc.record({
  sizes,
  reviews: fc.nat(150),
  conversation: fc.nat(150),
  perPage: fc.integer({ min: 5, max: 100 }),
  maxComments: fc.integer({ min: 100, max: 2_000 }),
  maxPages: fc.integer({ min: 1, max: 50 }),
  maxTokens: fc.constantFrom(5_000, 20_000, 100_000, 1_000_000),
  faults: fc.array(fc.record({ after: fc.nat(12), fault: fc.constantFrom(...faults) }), {
    maxLength: 4,
  }),
});

function threadsOf(counts: readonly number[]): SeedThread[] {
  return counts.map((count, thread) => ({
    id: `PRRT_${thread}`,
    path: "a.ts",
    isResolved: thread % 3 === 0,
    comments: Array.from({ length: count }, (_, comment) => ({
      id: `PRRC_${thread}_${comment}`,
      body: `Comment ${comment} of thread ${thread}.`,
      author: { login: "alice" },
      createdAt: new Date(Date.UTC(2026, 0, 1) + (thread * 7919 + comment) * 1_000).toISOString(),
    })),
  }));
}

const bob = { login: "bob" };
const at = (minute: number) => new Date(Date.UTC(2026, 1, 1) + minute * 60_000).toISOString();

function reviewsOf(count: number): SeedReview[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `PRR_${index}`,
    author: bob,
    state: "COMMENTED" as const,
    // A review without a body is no comment of anybody.
    body: index % 4 === 0 ? "" : `Review ${index}.`,
    submittedAt: at(index),
    createdAt: at(index),
  }));
}

function conversationOf(count: number): SeedIssueComment[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `IC_${index}`,
    author: bob,
    body: `Remark ${index}.`,
    createdAt: at(index),
  }));
}

const kinds = ["review_comment", "review", "conversation"];

/** Strikes the requests at those places, counted from now. */
function strike(double: GitHubDouble, plan: readonly { after: number; fault: Failure }[]): void {
  for (const { after, fault } of plan) {
    let left = after;
    double.fail({ ...fault, match: () => left-- === 0 });
  }
}

/** Asks until it is answered: a failure may be told at any time, but never as an answer. */
async function insist<T>(call: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await call();
    } catch (error) {
      if (tries === 8) throw error;
    }
  }
}

/** Follows everything a caller is told to follow. */
async function collect(context: ToolContext, args: object, stored: readonly string[]) {
  const seen = new Set<string>();
  let cursor: string | undefined;
  for (let page = 0; page < 2_000; page += 1) {
    const call = { pr_url: prUrl, ...args, ...(cursor !== undefined && { cursor }) };
    const { structured } = await insist(() => fetchPrReviewComments.call(call, context));
    const { receipt: said, comments } = answer.parse(structured);
    const ids = comments.map(({ id }) => id);
    expect(said.complete ? ids.toSorted() : stored.toSorted()).toEqual(stored.toSorted());
    for (const id of ids) seen.add(id);

    let waiting = said.omitted.map(({ thread_id }) => thread_id);
    for (let round = 0; waiting.length > 0 && round < 200; round += 1) {
      const thread_ids = waiting.slice(0, 25);
      const whole = await insist(() => getReviewThreads.call({ thread_ids }, context));
      const got = answer.parse(whole.structured);
      for (const { id } of got.comments) seen.add(id);
      const left = got.receipt.omitted.map(({ thread_id }) => thread_id);
      waiting = [...waiting.slice(25), ...left];
    }
    if (!said.next_cursor) return seen;
    cursor = said.next_cursor;
  }
  throw new Error("the pages never end");
}

it("leads to every comment through cursors and ids, and never calls less than that complete", async () => {
  await fc.assert(
    fc.asyncProperty(scenario, async ({ sizes: counts, faults: plan, maxTokens, ...rest }) => {
      const { reviews: reviewCount, conversation: commentCount, ...caps } = rest;
      const reviews = reviewsOf(reviewCount);
      const remarks = conversationOf(commentCount);
      const threads = threadsOf(counts);
      const stored = threads.flatMap(({ comments }) => comments.map(({ id }) => id));
      const written = [...reviews.filter(({ body }) => body !== ""), ...remarks];
      stored.push(...written.map(({ id }) => id));
      const seed = {
        tokens: { [demoTokens.alice]: { login: "alice", limit: 1_000_000 } },
        repositories: [
          {
            owner: "acme",
            name: "widgets",
            pullRequests: [
              { number: 7, title: "PR", headRefName: "x", threads, reviews, comments: remarks },
            ],
          },
        ],
      };
      const { context, double, end } = await harness({
        seed,
        limits: { ...limits, ...caps },
        cacheMs: 60_000,
      });
      strike(double, plan);
      const seen = await collect(context, { max_tokens: maxTokens, include: kinds }, stored);
      expect([...seen].toSorted()).toEqual(stored.toSorted());
      await end();
    }),
    { numRuns: 40, endOnFailure: true },
  );
}, 240_000);
