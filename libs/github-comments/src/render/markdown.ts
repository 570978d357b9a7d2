import type { Cut, PackedComment, PackedThread } from "../feed/packed.ts";
import { isWhole } from "../feed/packed.ts";
import type { Form } from "../feed/price.ts";
import type { Receipt } from "../feed/receipt.ts";
import type { Anchor, ReviewComment, ReviewThread, ThreadKind } from "../review-thread.ts";
import { fence } from "../safe-text/fence.ts";
import { codeSpan } from "./code-span.ts";

/** How much Markdown says of each comment. */
export interface MarkdownOptions {
  /** Whether each comment says how far its author is trusted. */
  readonly labels: boolean;
}

const headings: Record<ThreadKind, string> = {
  review_comment: "Review Comment",
  review: "Review",
  conversation: "Conversation Comment",
};

const cutNames: Record<Cut, string> = {
  body: "part of the text",
  quotes: "quotations",
  diff_hunk: "the code snippet",
};

/** The pieces Markdown is made of, for their prices. */
export function markdownForm(options: MarkdownOptions): Form {
  return {
    frame: (comment, thread) => `${head(comment, thread, options)}**Comment:**\n\n---\n\n`,
    body: (text) => `${fence(text)}\n\n`,
    hunk: (text) => `**Code Snippet:**\n${fence(text, "diff")}\n\n`,
    note: ({ id }) =>
      `**Left out:** 9999 replies, ${Object.values(cutNames).join(", ")}. Whole: get_review_threads ${codeSpan(id)}\n\n`,
  };
}

/** The Markdown a model reads: every comment with its place, state, text and code, each in a fence. */
export function renderMarkdown(
  threads: readonly PackedThread[],
  receipt: Receipt,
  options: MarkdownOptions,
): string {
  const body = threads.map((thread) => renderThread(thread, options)).join("");
  return `# Pull Request Review Comments\n\n${body}${footer(threads, receipt)}`;
}

function renderThread(packed: PackedThread, options: MarkdownOptions): string {
  const comments = packed.comments.map((each) => renderComment(each, packed.thread, options));
  if (isWhole(packed)) return comments.join("");
  const note = `**Left out:** ${missingFrom(packed)}. Whole: get_review_threads ${codeSpan(packed.thread.id)}\n\n`;
  return comments.join("") + note;
}

function renderComment(
  { comment, body, diffHunk }: PackedComment,
  thread: ReviewThread,
  options: MarkdownOptions,
): string {
  const snippet = diffHunk === "" ? "" : `**Code Snippet:**\n${fence(diffHunk, "diff")}\n\n`;
  return `${head(comment, thread, options)}**Comment:**\n${fence(body)}\n\n${snippet}---\n\n`;
}

function head(comment: ReviewComment, thread: ReviewThread, { labels }: MarkdownOptions): string {
  const state = comment.reviewState;
  const verdict = thread.kind === "review" && state !== undefined ? ` (${state})` : "";
  const lines = [
    `## ${headings[thread.kind]} by ${comment.author}${verdict}\n`,
    ...(thread.kind === "review_comment" ? place(comment, thread) : []),
    `**Thread:** ${codeSpan(thread.id)}`,
    ...(labels ? [`**Author:** ${comment.authorType}, ${comment.trust}`] : []),
    ...(comment.minimized === undefined
      ? []
      : [`**Hidden on GitHub:** ${codeSpan(comment.minimized)}`]),
  ];
  return `${lines.join("\n")}\n\n`;
}

function place(comment: ReviewComment, thread: ReviewThread): readonly string[] {
  return [
    `**File:** ${codeSpan(comment.path)}`,
    `**Line:** ${lineOf(comment, thread)}`,
    `**Status:** ${statusOf(thread)}`,
  ];
}

/** An outdated comment has only the line it was written on, and a comment on a file has none. */
function lineOf(anchor: Anchor, { subjectType }: ReviewThread): string {
  const { line, startLine, originalLine, originalStartLine } = anchor;
  if (subjectType === "FILE") return "whole file";
  if (line !== undefined) return range(startLine, line);
  if (originalLine === undefined) return "unknown";
  return `${range(originalStartLine, originalLine)} (when written)`;
}

function range(start: number | undefined, end: number): string {
  return start === undefined || start === end ? String(end) : `${start}-${end}`;
}

function statusOf({ isResolved, isOutdated, resolvedBy }: ReviewThread): string {
  const by = resolvedBy === undefined ? "" : ` by ${resolvedBy}`;
  const state = isResolved ? `✓ Resolved${by}` : "○ Unresolved";
  return isOutdated ? `${state} | ⚠ Outdated` : state;
}

function missingFrom({ leftOut, comments, thread }: PackedThread): string {
  const cuts = new Set(comments.flatMap((comment) => comment.cuts));
  const parts = [
    ...(leftOut > 0 ? [`${leftOut} replies`] : []),
    ...[...cuts].map((cut) => cutNames[cut]),
  ];
  return parts.length === 0 ? `something (${thread.incomplete})` : parts.join(", ");
}

function footer(threads: readonly PackedThread[], receipt: Receipt): string {
  const { complete, threads: count, omitted, next_cursor } = receipt;
  const filtered =
    count.filtered_out === 0 ? "" : ` ${count.filtered_out} threads do not fit the filters.`;
  if (complete) {
    if (threads.length > 0) return filtered === "" ? "" : `**Filtered:**${filtered}\n`;
    return filtered === "" ? "No comments found.\n" : `No comments match.${filtered}\n`;
  }
  const notShown = omitted.filter(({ thread_id }) =>
    threads.every(({ thread }) => thread.id !== thread_id),
  );
  const ids = notShown.map(({ thread_id }) => codeSpan(thread_id)).join(", ");
  return [
    `**Incomplete:** ${threads.length} of ${count.total} threads are here.${filtered}`,
    ...(ids === "" ? [] : [` Too large to show: ${ids} (get_review_threads).`]),
    ...(next_cursor === null
      ? []
      : [` For the rest call again with the same arguments and cursor: ${codeSpan(next_cursor)}`]),
    "\n",
  ].join("");
}
