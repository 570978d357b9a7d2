import type { ReviewThread } from "../review-thread.ts";

/** How comments of authors without push access are treated: as any other, labelled, or left out. */
export type Lockdown = "off" | "label" | "drop";

/** Threads without what strangers wrote, and how many comments that was. */
export interface Locked {
  readonly threads: readonly ReviewThread[];
  readonly dropped: number;
}

/** Leaves out what authors without push access wrote; who is not known to have it has none. */
export function dropStrangers(threads: readonly ReviewThread[]): Locked {
  let dropped = 0;
  const kept = threads.map((thread) => {
    const comments = thread.comments.filter(({ trust }) => trust === "maintainer");
    const strangers = thread.comments.length - comments.length;
    dropped += strangers;
    return { ...thread, comments, totalComments: thread.totalComments - strangers };
  });
  return { threads: kept.filter(({ comments }) => comments.length > 0), dropped };
}
