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
  { status = "all", include_outdated: includeOutdated = true, ...args }: SelectionArguments,
  target: PullRequestPointer["target"],
): Selection {
  return {
    status,
    includeOutdated,
    paths: args.path,
    authors: args.author ? [args.author] : undefined,
    authorType: args.author_type,
    since: args.since === undefined ? undefined : Date.parse(args.since),
    databaseId: target?.databaseId,
  };
}
