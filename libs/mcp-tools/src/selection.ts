import type { PullRequestPointer, Selection } from "@pr-review/github-comments";

/** The arguments that select threads, as callers write them. */
export interface SelectionArguments {
  readonly status?: Selection["status"] | undefined;
  readonly include_outdated?: boolean | undefined;
  readonly path?: readonly string[] | undefined;
  readonly author?: string | undefined;
  readonly author_type?: "human" | "bot" | undefined;
  readonly since?: string | undefined;
}

/** The selection that arguments describe, and the comment that a URL names, if it names one. */
export function readSelection(
  { status, include_outdated, path, author, author_type, since }: SelectionArguments,
  target: PullRequestPointer["target"],
): Selection {
  return {
    status: status ?? "all",
    includeOutdated: include_outdated ?? true,
    paths: path,
    authors: author ? [author] : undefined,
    authorType: author_type,
    since: since === undefined ? undefined : Date.parse(since),
    databaseId: target?.databaseId,
  };
}
