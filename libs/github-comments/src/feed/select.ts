import picomatch from "picomatch";

import type { AuthorType, ReviewThread } from "../review-thread.ts";

/** Which threads are wanted. A thread is kept or left out whole, so that it can be understood. */
export interface Selection {
  readonly status: "all" | "unresolved" | "resolved";
  readonly includeOutdated: boolean;
  /** Globs over paths; any of them will do. */
  readonly paths?: readonly string[] | undefined;
  /** Threads in which one of these logins wrote. */
  readonly authors?: readonly string[] | undefined;
  /** Threads in which such an author wrote. */
  readonly authorType?: AuthorType | undefined;
  /** Threads with something new since then; milliseconds since the epoch. */
  readonly since?: number | undefined;
  /** Threads that hold the comment with that number. */
  readonly databaseId?: string | undefined;
}

/** The threads that fit a selection, in the order they came. */
export function selectThreads(
  threads: readonly ReviewThread[],
  selection: Selection,
): readonly ReviewThread[] {
  const { status, includeOutdated, authorType, since, databaseId } = selection;
  const isWantedPath = matcher(selection.paths);
  const authors = selection.authors?.map(plainLogin);
  return threads.filter((thread) => {
    const { comments, isOutdated, isResolved } = thread;
    if (status !== "all" && isResolved !== (status === "resolved")) return false;
    if (!includeOutdated && isOutdated) return false;
    if (!isWantedPath(thread)) return false;
    if (authors && !comments.some(({ author }) => authors.includes(plainLogin(author))))
      return false;
    if (authorType && !comments.some((comment) => comment.authorType === authorType)) return false;
    if (databaseId && !comments.some((comment) => comment.databaseId === databaseId)) return false;
    return since === undefined || activityOf(thread) >= since;
  });
}

/** When something last happened in a thread that leaves a date; milliseconds since the epoch. */
export function activityOf({ comments }: ReviewThread): number {
  const times = comments.map(({ updatedAt, createdAt }) =>
    Date.parse(updatedAt ?? createdAt ?? ""),
  );
  return Math.max(0, ...times.filter((time) => !Number.isNaN(time)));
}

/** Reviews and the conversation have no path, so a wish for paths leaves them out. */
function matcher(globs: readonly string[] | undefined): (thread: ReviewThread) => boolean {
  if (globs === undefined || globs.length === 0) return () => true;
  const matches = picomatch([...globs], { dot: true, noextglob: true });
  return ({ kind, path }) => kind === "review_comment" && matches(path);
}

/** REST shows bots as `name[bot]`, GraphQL as `name`; people copy either. */
function plainLogin(login: string): string {
  return login
    .toLowerCase()
    .replace(/^@/, "")
    .replace(/\[bot\]$/, "");
}
