import { demoSeed, generateSeed } from "@pr-review/github-double";
import { encode } from "gpt-tokenizer/encoding/o200k_base";
import { expect, it } from "vitest";
import { z } from "zod";

import { fetchPrReviewComments } from "../../src/index.ts";
import { harness, limits, prUrl } from "../harness.ts";

const comment = z.looseObject({
  id: z.string(),
  user: z.object({ login: z.string() }),
  path: z.string(),
  line: z.int().nonnegative(),
  body: z.string(),
  diff_hunk: z.string(),
  is_resolved: z.boolean(),
  is_outdated: z.boolean(),
  thread_id: z.string(),
});
const count = z.strictObject({
  total: z.int().nullable(),
  returned: z.int(),
  filtered_out: z.int(),
});
const structured = z.strictObject({
  pull_request: z.strictObject({
    host: z.string(),
    owner: z.string(),
    repo: z.string(),
    number: z.int(),
  }),
  receipt: z.looseObject({
    complete: z.boolean(),
    threads: count,
    comments: count,
    omitted: z.array(
      z.strictObject({ thread_id: z.string(), reason: z.string(), how: z.string() }),
    ),
    next_cursor: z.string().nullable(),
  }),
  github: z.looseObject({ requests: z.int(), points: z.int() }),
  comments: z.array(comment),
});

async function fetch(args: object, context: Parameters<typeof fetchPrReviewComments.call>[1]) {
  const answer = await fetchPrReviewComments.call({ pr_url: prUrl, ...args }, context);
  return { ...answer, structured: structured.parse(answer.structured) };
}

it("answers Markdown unless told otherwise, data beside it, and a receipt for both", async () => {
  const { context, double } = await harness();
  const { texts, structured: data } = await fetch({}, context);
  expect(texts).toHaveLength(1);
  expect(texts[0]).toMatch(/^# Pull Request Review Comments\n\n## Review Comment by carol\n/);
  expect(data.receipt).toEqual({
    complete: true,
    threads: { total: 9, returned: 9, filtered_out: 0 },
    comments: { total: 11, returned: 11, filtered_out: 0 },
    omitted: [],
    next_cursor: null,
  });
  expect(data.pull_request).toEqual({
    host: "github.com",
    owner: "acme",
    repo: "widgets",
    number: 7,
  });
  expect(data.github).toMatchObject({
    remaining: expect.any(Number),
    reset_at: expect.any(String),
  });
  expect(double.problems).toEqual([]);
});

it("answers JSON, or both with JSON first", async () => {
  const { context } = await harness();
  const json = await fetch({ output: "json" }, context);
  expect(json.texts.map((text) => JSON.parse(text))).toEqual([
    JSON.parse(JSON.stringify(json.structured.comments)),
  ]);
  const both = await fetch({ output: "both" }, context);
  expect(both.texts[0]).toBe(json.texts[0]);
  expect(both.texts[1]).toMatch(/^# Pull Request/);
});

it("keeps the comment fields of the predecessor, in their order, and adds to them", async () => {
  const { context } = await harness();
  const { texts } = await fetch({ output: "json" }, context);
  const comments = z.array(z.looseObject({})).parse(JSON.parse(texts[0] ?? ""));
  const resolved = comments.find((each) => each["is_resolved"] === true);
  const known = [
    "id",
    "user",
    "path",
    "line",
    "body",
    "diff_hunk",
    "is_resolved",
    "is_outdated",
    "resolved_by",
    "thread_id",
  ];
  expect(Object.keys(resolved ?? {}).slice(0, 10)).toEqual(known);
  expect(resolved).toMatchObject({
    user: { login: "carol" },
    line: 12,
    resolved_by: "alice",
    url: expect.stringContaining("#discussion_r"),
    created_at: expect.any(String),
    updated_at: expect.any(String),
    author_type: "human",
    author_association: expect.any(String),
    side: "RIGHT",
    original_line: 12,
    commit: expect.any(String),
    database_id: expect.stringMatching(/^\d+$/),
    review_id: expect.any(String),
    review_state: expect.any(String),
    viewer_can_resolve: expect.any(Boolean),
    viewer_can_reply: expect.any(Boolean),
  });
  expect(comments.some((each) => each["in_reply_to"] !== undefined)).toBe(true);
  expect(comments.find((each) => each["suggestion"])).toMatchObject({
    suggestion: [{ end_line: 42, replacement: expect.stringContaining("lines.reduce") }],
  });
  expect(comments.find((each) => each["sanitised"])).toMatchObject({
    sanitised: { html_comments: 1 },
  });
  expect(comments.filter((each) => Object.values(each).includes(null))).toEqual([]);
});

it("keeps line 0 for a comment without a line, and says where it was written (W11)", async () => {
  const { context } = await harness();
  const { structured: data } = await fetch({ output: "json" }, context);
  const outdated = data.comments.filter(({ is_outdated }) => is_outdated);
  expect(outdated.length).toBeGreaterThan(0);
  for (const each of outdated) {
    expect(each.line).toBe(0);
    expect(each["original_line"]).toBeGreaterThan(0);
  }
});

it("lets a caller narrow the operator's limits, never widen them (W8)", async () => {
  const seed = generateSeed({ threads: 300, commentsPerThread: 1, hunkLength: 20 });
  const caps = { ...limits, perPage: 50, maxPages: 4, maxComments: 150, maxTokens: 60_000 };
  const { context, double } = await harness({ seed, limits: caps });
  const wide = await fetch(
    { per_page: 100, max_pages: 200, max_comments: 100_000, max_tokens: 9_000_000 },
    context,
  );
  expect(wide.structured.receipt).toMatchObject({
    complete: false,
    threads: { total: 300, returned: 150 },
  });
  const sizes = double.requests.map(({ variables }) => variables?.["first"] ?? variables?.["last"]);
  expect(Math.max(...sizes.map(Number))).toBe(50);

  const narrow = await fetch({ per_page: 10, max_pages: 2 }, context);
  expect(narrow.structured.comments).toHaveLength(20);
});

it("reads reviews and the conversation too when asked", async () => {
  const { context } = await harness();
  const { structured: data } = await fetch(
    { include: ["review_comment", "review", "conversation"], output: "json" },
    context,
  );
  expect(new Set(data.comments.map((each) => each["kind"]))).toEqual(
    new Set(["review_comment", "review", "conversation"]),
  );
  expect(data.receipt.complete).toBe(true);
});

it.each([
  [{ status: "unresolved" }, ({ is_resolved }: z.infer<typeof comment>) => !is_resolved],
  [{ status: "resolved" }, ({ is_resolved }: z.infer<typeof comment>) => is_resolved],
  [{ include_outdated: false }, ({ is_outdated }: z.infer<typeof comment>) => !is_outdated],
  [{ path: ["api/**"] }, ({ path }: z.infer<typeof comment>) => path.startsWith("api/")],
])("selects by %j, and counts what it left out", async (args, fits) => {
  const { context } = await harness();
  const all = await fetch({}, context);
  const { structured: data } = await fetch(args, context);
  expect(data.comments.map(({ id }) => id)).toEqual(
    all.structured.comments.filter(fits).map(({ id }) => id),
  );
  expect(data.receipt).toMatchObject({
    complete: true,
    comments: { filtered_out: 11 - data.comments.length },
  });
  expect(data.comments.length).toBeLessThan(11);
});

it("puts what is newest first when asked", async () => {
  const { context } = await harness();
  const { structured: data } = await fetch({ order: "newest", output: "json" }, context);
  const heads = new Map(data.comments.map((each) => [each.thread_id, String(each["updated_at"])]));
  expect([...heads.values()]).toEqual([...heads.values()].toSorted().toReversed());
});

it("finds the one thread that the URL of a comment names", async () => {
  const { context } = await harness();
  const all = await fetch({ output: "json" }, context);
  const reply = all.structured.comments.find((each) => each["in_reply_to"] !== undefined);
  const { structured: data } = await fetch({ pr_url: reply?.["url"] }, context);
  expect(new Set(data.comments.map(({ thread_id }) => thread_id))).toEqual(
    new Set([reply?.thread_id]),
  );
  const short = await fetch({ pr_url: "acme/widgets#7" }, context);
  expect(short.structured.comments).toHaveLength(11);
});

it.each(["markdown", "json", "both"])(
  "keeps every form of %s within 20,000 tokens, and pages to the end",
  async (output) => {
    const seed = generateSeed({ threads: 400 });
    const { context } = await harness({ seed });
    const seen = new Set<string>();
    let cursor: string | null = null;
    let pages = 0;
    do {
      const { texts, structured: data } = await fetch(
        { output, ...(cursor !== null && { cursor }) },
        context,
      );
      const tokens = texts.map((text) => encode(text).length);
      expect(tokens.reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual(20_000);
      expect(encode(JSON.stringify(data)).length).toBeLessThanOrEqual(20_000);
      for (const { thread_id } of data.comments) seen.add(thread_id);
      cursor = data.receipt.next_cursor;
      pages += 1;
    } while (cursor !== null && pages < 100);
    expect(seen.size).toBe(400);
  },
  60_000,
);

it("says beside a JSON array that it is not all", async () => {
  const { context } = await harness({ seed: generateSeed({ threads: 200 }) });
  const { texts, structured: data } = await fetch({ output: "json" }, context);
  expect(data.receipt.complete).toBe(false);
  expect(JSON.parse(texts[1] ?? "")).toEqual({ receipt: data.receipt });
});

it("refuses the cursor of another caller, another pull request or other arguments", async () => {
  const { context } = await harness({ seed: generateSeed({ threads: 200 }) });
  const { structured: data } = await fetch({}, context);
  const cursor = data.receipt.next_cursor;
  const refused = { code: "invalid-cursor" };
  await expect(fetch({ cursor, status: "resolved" }, context)).rejects.toMatchObject(refused);
  await expect(fetch({ cursor, pr_url: "acme/widgets#8" }, context)).rejects.toMatchObject(refused);
  await expect(fetch({ cursor: `${cursor}x` }, context)).rejects.toMatchObject(refused);
  const { context: other } = await harness({ seed: generateSeed({ threads: 200 }) });
  await expect(fetch({ cursor: "forged" }, other)).rejects.toMatchObject(refused);
});

it("leaves strangers out in lockdown, and counts them", async () => {
  const { context } = await harness({ lockdown: "drop" });
  const { structured: data } = await fetch({ output: "json" }, context);
  expect(new Set(data.comments.map((each) => each["trust"]))).toEqual(new Set(["maintainer"]));
  expect(data.receipt["dropped_by_lockdown"]).toBe(11 - data.comments.length);
});

it("labels authors unless told not to", async () => {
  const { context } = await harness();
  expect((await fetch({}, context)).texts[0]).toContain("**Author:** bot, ");
  const { context: off } = await harness({ lockdown: "off" });
  expect((await fetch({}, off)).texts[0]).not.toContain("**Author:**");
});

it("finds the pull request of a branch when there is no URL", async () => {
  const { context } = await harness();
  const args = { pr_url: undefined, owner: "acme", repo: "widgets", select_strategy: "latest" };
  expect((await fetch(args, context)).structured.pull_request.owner).toBe("acme");
});

it("fills the gaps from the checkout where there is one", async () => {
  const { context, double } = await harness();
  const prs = double.seed.repositories.flatMap(({ pullRequests }) => pullRequests);
  const branch = prs.find(({ number }) => number === 7)?.headRefName;
  const checkout = async () => ({ host: "github.com", owner: "acme", repo: "widgets", branch });
  const { structured: data } = await fetch({ pr_url: "" }, { ...context, checkout });
  expect(data.pull_request.number).toBe(7);
});

it("never looks for a checkout on a server, and says what it needs (W15)", async () => {
  const { context } = await harness();
  for (const args of [{}, { owner: "acme" }, { owner: "acme", repo: "widgets" }]) {
    await expect(fetchPrReviewComments.call(args, context)).rejects.toMatchObject({
      code: "repository-required",
      message:
        "Give pr_url, or owner, repo and branch: this server does not see your git checkout.",
    });
  }
});

it("gives the same answer again to the same arguments only, and what it gives again is right", async () => {
  const { context } = await harness({ cacheMs: 15_000 });
  const { context: forgetful } = await harness();
  const variants = [
    {},
    { output: "json" },
    { output: "both" },
    { order: "newest" },
    { status: "resolved" },
    { author: "carol" },
    { include_outdated: false },
    { path: ["nowhere/**"] },
    { max_tokens: 2_000 },
    { pr_url: "ACME/widgets#7" },
  ];
  const made = new Set<object>();
  for (const args of variants) {
    const asked = { pr_url: prUrl, ...args };
    const first = await fetchPrReviewComments.call(asked, context);
    expect(await fetchPrReviewComments.call(asked, context)).toBe(first);
    const anew = await fetchPrReviewComments.call(asked, forgetful);
    expect(structured.parse(first.structured).comments).toEqual(
      structured.parse(anew.structured).comments,
    );
    made.add(first);
  }
  expect(made.size).toBe(variants.length);
});

it("asks GitHub once for the same read within seconds, and once for a hundred at a time", async () => {
  const seed = demoSeed();
  const { context, double } = await harness({ seed, cacheMs: 15_000 });
  await Promise.all(Array.from({ length: 100 }, () => fetch({}, context)));
  const cold = double.requests.length;
  expect(cold).toBeLessThanOrEqual(2);
  await fetch({ status: "unresolved", order: "newest", max_tokens: 5_000 }, context);
  expect(double.requests).toHaveLength(cold);
});
