import { generateSeed } from "@pr-review/github-double";
import { expect, it } from "vitest";
import { z } from "zod";

import { commentShape } from "../../src/comment-shape.ts";
import { fetchPrReviewComments } from "../../src/index.ts";
import { harness, prUrl } from "../harness.ts";

const structured = z.strictObject({
  pull_request: z.object({
    host: z.string(),
    owner: z.string(),
    repo: z.string(),
    number: z.int(),
  }),
  complete: z.boolean(),
  total_threads: z.int(),
  comments: z.array(commentShape),
});

async function fetch(args: object, context: Parameters<typeof fetchPrReviewComments.call>[1]) {
  const answer = await fetchPrReviewComments.call({ pr_url: prUrl, ...args }, context);
  return { ...answer, structured: structured.parse(answer.structured) };
}

it("answers Markdown unless told otherwise, and data beside it", async () => {
  const { context, double } = await harness();
  const { texts, structured: data } = await fetch({}, context);
  expect(texts).toHaveLength(1);
  expect(texts[0]).toMatch(/^# Pull Request Review Comments\n\n## Review Comment by carol\n/);
  expect(data).toMatchObject({ complete: true, total_threads: 9 });
  expect(data.comments).toHaveLength(11);
  expect(data.pull_request).toEqual({
    host: "github.com",
    owner: "acme",
    repo: "widgets",
    number: 7,
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
  const resolved = comments.find((comment) => comment["is_resolved"] === true);
  const known = ["id", "user", "path", "line", "body", "diff_hunk", "is_resolved", "is_outdated"];
  expect(Object.keys(resolved ?? {}).slice(0, 9)).toEqual([...known, "resolved_by"]);
  expect(resolved).toMatchObject({
    user: { login: "carol" },
    line: 12,
    resolved_by: "alice",
    thread_id: expect.stringMatching(/^PRRT_/),
  });
  expect(comments.filter((comment) => Object.values(comment).includes(null))).toEqual([]);
});

it("keeps line 0 for a comment without a line, and says where it was written (W11)", async () => {
  const { context } = await harness();
  const { structured: data } = await fetch({}, context);
  const outdated = data.comments.filter(({ is_outdated }) => is_outdated);
  expect(outdated.length).toBeGreaterThan(0);
  for (const comment of outdated) {
    expect(comment.line).toBe(0);
    expect(comment.original_line).toBeGreaterThan(0);
  }
});

it("lets a caller narrow the operator's limits, never widen them (W8)", async () => {
  const seed = generateSeed({ threads: 300, commentsPerThread: 1, hunkLength: 20 });
  const limits = { perPage: 50, maxPages: 4, maxComments: 150 };
  const { context, double } = await harness({ seed, limits });
  const wide = await fetch({ per_page: 100, max_pages: 200, max_comments: 100_000 }, context);
  expect(wide.structured).toMatchObject({ complete: false, total_threads: 300 });
  expect(wide.structured.comments).toHaveLength(150);
  expect(double.requests.every(({ variables }) => variables?.["first"] === 50)).toBe(true);

  const narrow = await fetch({ per_page: 10, max_pages: 2 }, context);
  expect(narrow.structured.comments).toHaveLength(20);
});

it("finds the pull request of a branch when there is no URL", async () => {
  const { context } = await harness();
  const args = { owner: "acme", repo: "widgets", select_strategy: "latest" };
  const { structured: data } = await fetchPrReviewComments
    .call(args, context)
    .then((answer) => ({ structured: structured.parse(answer.structured) }));
  expect(data.pull_request.owner).toBe("acme");
});

it("fills the gaps from the checkout where there is one", async () => {
  const { context, double } = await harness();
  const branch = double.seed.repositories
    .flatMap(({ pullRequests }) => pullRequests)
    .find(({ number }) => number === 7)?.headRefName;
  const checkout = async () => ({ host: "github.com", owner: "acme", repo: "widgets", branch });
  const answer = await fetchPrReviewComments.call({ pr_url: "" }, { ...context, checkout });
  expect(structured.parse(answer.structured).pull_request.number).toBe(7);
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
