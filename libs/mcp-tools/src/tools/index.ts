import type { Tool } from "../tool.ts";
import { fetchPrReviewComments } from "./fetch-pr-review-comments.ts";
import { resolveOpenPrUrl } from "./resolve-open-pr-url.ts";

/** Every tool, in the order clients see them. */
export const tools: readonly Tool[] = [fetchPrReviewComments, resolveOpenPrUrl];
