import {
  dropStrangers,
  type FoundThread,
  type Omission,
  readThreadsById,
  receiptOf,
  renderMarkdown,
  wholeThread,
} from "@pr-review/github-comments";
import { z } from "zod";

import { flag, text, texts } from "../arguments.ts";
import { toShapes } from "../comment-shape.ts";
import { locateRepository } from "../locate-repository.ts";
import { defineTool } from "../tool.ts";

const input = z.strictObject({
  thread_ids: texts("thread_ids", 25).nonoptional({
    error: "Invalid value for thread_ids: must be 1 to 25 strings of up to 300 characters",
  }),
  pr_url: text("pr_url").describe("The PR they are on"),
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
  async run({ thread_ids: ids, pr_url, host, diff_hunks, fold_details }, context, { signal }) {
    const { github, limits, lockdown } = context;
    const within = locateRepository(pr_url, context);
    const connection = github.connect(within?.host ?? (host || github.hosts.default.host));
    const request = {
      ids: [...new Set(ids)],
      hunks: diff_hunks ?? true,
      maxComments: limits.maxComments,
      foldDetails: fold_details ?? false,
      trustedHosts: [connection.server.host],
      within,
    };
    const answer = await readThreadsById(connection, request, { signal });
    const { found, missing, postponed, cost } = answer;
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
      further: [...postponed.map(omitted("limit")), ...missing.map(omitted("not-found"))],
      sawEverything: true,
    });
    const structured = {
      receipt,
      github: { requests: cost.requests, points: cost.points, remaining: cost.remaining },
      threads: found.map(homeOf),
      comments: toShapes(packed, "full"),
    };
    const labels = lockdown === "label";
    return { structured, texts: [renderMarkdown(packed, receipt, { labels })] };
  },
});

function omitted(reason: string): (thread_id: string) => Omission {
  return (thread_id) => ({ thread_id, reason, how: "get_review_threads" });
}

function homeOf({ thread, owner, repo, number }: FoundThread): object {
  return { thread_id: thread.id, pull_request: `${owner}/${repo}#${number}` };
}
