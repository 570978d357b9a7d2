import type { Tool } from "../tool.ts";
import { checkAccess } from "./check-access.ts";
import { fetchPrReviewComments } from "./fetch-pr-review-comments.ts";
import { getReviewThreads } from "./get-review-threads.ts";
import { resolveOpenPrUrl } from "./resolve-open-pr-url.ts";
import { whoami } from "./whoami.ts";

/** Every tool, in the order clients see them. */
export const tools: readonly Tool[] = [
  fetchPrReviewComments,
  getReviewThreads,
  resolveOpenPrUrl,
  whoami,
  checkAccess,
];
