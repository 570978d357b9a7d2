import { codeSpan, fenced } from "./markdown.ts";
import type { Anchor, ReviewComment, ReviewThread, ReviewThreads } from "./review-thread.ts";

/** The Markdown a model reads: every comment with its place, state, text and code, each in a fence. */
export function renderMarkdown({ threads, totalThreads, complete }: ReviewThreads): string {
  const comments = threads.flatMap((thread) =>
    thread.comments.map((comment) => renderComment(comment, thread)),
  );
  const body = comments.length === 0 && complete ? "No comments found.\n" : comments.join("");
  const gap = complete ? "" : incompleteNote(threads, totalThreads);
  return `# Pull Request Review Comments\n\n${body}${gap}`;
}

function renderComment(comment: ReviewComment, thread: ReviewThread): string {
  return [
    `## Review Comment by ${oneLine(comment.author)}\n\n`,
    `**File:** ${codeSpan(comment.path)}\n`,
    `**Line:** ${lineOf(comment, thread)}\n`,
    `**Status:** ${statusOf(thread)}\n`,
    `**Thread:** ${codeSpan(thread.id)}\n\n`,
    `**Comment:**\n${fenced(comment.body)}\n\n`,
    comment.diffHunk === "" ? "" : `**Code Snippet:**\n${fenced(comment.diffHunk, "diff")}\n\n`,
    "---\n\n",
  ].join("");
}

/** An outdated comment has only the line it was written on, and a comment on a file has none. */
function lineOf({ line, originalLine }: Anchor, { subjectType }: ReviewThread): string {
  if (subjectType === "FILE") return "whole file";
  if (line !== undefined) return String(line);
  return originalLine === undefined ? "unknown" : `${originalLine} (when written)`;
}

function statusOf({ isResolved, isOutdated, resolvedBy }: ReviewThread): string {
  const by = resolvedBy === undefined ? "" : ` by ${oneLine(resolvedBy)}`;
  const state = isResolved ? `✓ Resolved${by}` : "○ Unresolved";
  return isOutdated ? `${state} | ⚠ Outdated` : state;
}

function incompleteNote(threads: readonly ReviewThread[], totalThreads: number): string {
  const comments = threads.reduce((sum, thread) => sum + thread.comments.length, 0);
  return `**Incomplete:** ${comments} comments of ${threads.length} of ${totalThreads} threads are shown. Raise max_comments or max_pages to read more.\n`;
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, " ");
}
