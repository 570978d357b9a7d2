import {
  dropStrangers,
  isWhole,
  readThreadsById,
  receiptOf,
  renderMarkdown,
  wholeThread,
} from "@pr-review/github-comments";
import { z } from "zod";

import { flag, text, texts } from "../arguments.ts";
import { toShapes } from "../comment-shape.ts";
import { defineTool } from "../tool.ts";

const input = z.strictObject({
  thread_ids: texts("thread_ids", 25).nonoptional({
    error: "Invalid value for thread_ids: must be 1 to 25 strings of up to 300 characters",
  }),
  host: text("host"),
  diff_hunks: flag("diff_hunks"),
  fold_details: flag("fold_details"),
});

/** Gets whole threads by their ids: what a budget left out of an answer. */
export const getReviewThreads = defineTool({
  name: "get_review_threads",
  title: "Get whole review threads",
  description: "Gets 1 to 25 review threads by id, whole: every comment, body and diff hunk.",
  input,
  output: z.looseObject({ comments: z.array(z.looseObject({ id: z.string() })) }),
  async run({ thread_ids: ids, host, diff_hunks, fold_details }, context) {
    const { github, limits, lockdown, signal } = context;
    const connection = github.connect(host || github.hosts.default.host);
    const request = {
      ids: [...new Set(ids)],
      hunks: diff_hunks ?? true,
      maxComments: limits.maxComments,
      foldDetails: fold_details ?? false,
      trustedHosts: [connection.server.host],
    };
    const { found, missing, postponed, cost } = await readThreadsById(connection, request, {
      signal,
    });

    const read = found.map(({ thread }) => thread);
    const { threads: selected } = lockdown === "drop" ? dropStrangers(read) : { threads: read };
    const packed = selected.map(wholeThread);
    const receipt = receiptOf({
      totalThreads: request.ids.length,
      read,
      selected,
      packed,
      skipped: [],
      nextCursor: undefined,
      sawEverything: missing.length + postponed.length === 0 && packed.every(isWhole),
    });
    const omitted = [
      ...receipt.omitted,
      ...postponed.map((thread_id) => ({
        thread_id,
        reason: "limit",
        how: "get_review_threads" as const,
      })),
      ...missing.map((thread_id) => ({
        thread_id,
        reason: "not-found",
        how: "get_review_threads" as const,
      })),
    ];
    const homes = found.map(({ thread, owner, repo, number }) => ({
      thread_id: thread.id,
      pull_request: `${owner}/${repo}#${number}`,
    }));
    const structured = {
      receipt: { ...receipt, omitted },
      github: { requests: cost.requests, points: cost.points, remaining: cost.remaining },
      threads: homes,
      comments: toShapes(packed, "full"),
    };
    const labels = lockdown === "label";
    return { structured, texts: [renderMarkdown(packed, { ...receipt, omitted }, { labels })] };
  },
});
