import { expect, it } from "vitest";

import { fetchPrReviewComments, resolveOpenPrUrl } from "../src/index.ts";
import { harness } from "./harness.ts";

/** Of the context only the scopes are looked at before the arguments. */
const context = {} as never;

it.each([
  [{ per_page: 5.5 }, "Invalid type for per_page: expected integer"],
  [{ per_page: true }, "Invalid type for per_page: expected integer"],
  [{ max_retries: "5" }, "Invalid type for max_retries: expected integer"],
  [{ per_page: 0 }, "Invalid value for per_page: must be between 1 and 100"],
  [{ per_page: 101 }, "Invalid value for per_page: must be between 1 and 100"],
  [{ max_pages: 201 }, "Invalid value for max_pages: must be between 1 and 200"],
  [{ max_comments: 99 }, "Invalid value for max_comments: must be between 100 and 100000"],
  [{ max_retries: 11 }, "Invalid value for max_retries: must be between 0 and 10"],
  [{ output: "text" }, "Invalid output: must be 'markdown', 'json', or 'both'"],
  [
    { select_strategy: "newest" },
    "Invalid select_strategy: must be 'branch', 'latest', 'first', or 'error'",
  ],
  [{ pr_ulr: "x" }, "Invalid value for pr_ulr: Extra inputs are not permitted"],
  [
    { github_token: "ghp_secret" },
    "Invalid value for github_token: Extra inputs are not permitted",
  ],
  [{ pr_url: 7 }, "Invalid value for pr_url: Input should be a valid string"],
  [{ owner: null }, "Invalid value for owner: Input should be a valid string"],
])("refuses %j of fetch_pr_review_comments in the predecessor's words", async (args, message) => {
  await expect(fetchPrReviewComments.call(args, context)).rejects.toMatchObject({
    code: "invalid-arguments",
    message,
  });
});

it.each([
  [
    { select_strategy: "newest" },
    "Invalid value for select_strategy: Input should be 'branch', 'latest', 'first' or 'error'",
  ],
  [{ host: 1 }, "Invalid value for host: Input should be a valid string"],
  [{ pr_url: "x" }, "Invalid value for pr_url: Extra inputs are not permitted"],
])("refuses %j of resolve_open_pr_url in the predecessor's words", async (args, message) => {
  await expect(resolveOpenPrUrl.call(args, context)).rejects.toMatchObject({
    code: "invalid-arguments",
    message,
  });
});

it("takes missing arguments for none", async () => {
  const { context: server } = await harness();
  await expect(fetchPrReviewComments.call(undefined, server)).rejects.toMatchObject({
    code: "repository-required",
  });
});
