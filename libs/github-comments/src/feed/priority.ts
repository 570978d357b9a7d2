import type { ReviewThread } from "../review-thread.ts";
import { activityOf } from "./select.ts";

/** What decides a thread's turn: what is unresolved first, then what is newest, then its id. */
export interface Turn {
  readonly resolved: boolean;
  /** Milliseconds since the epoch. */
  readonly activity: number;
  readonly id: string;
}

/** The turn of a thread. */
export function turnOf(thread: ReviewThread): Turn {
  return { resolved: thread.isResolved, activity: activityOf(thread), id: thread.id };
}

/** Orders turns: negative when `a` comes first. */
export function byTurn(a: Turn, b: Turn): number {
  if (a.resolved !== b.resolved) return a.resolved ? 1 : -1;
  if (a.activity !== b.activity) return b.activity - a.activity;
  if (a.id === b.id) return 0;
  return a.id < b.id ? -1 : 1;
}

/** Threads with their turns, first turn first. */
export function inTurn(
  threads: readonly ReviewThread[],
): readonly { readonly thread: ReviewThread; readonly turn: Turn }[] {
  return threads
    .map((thread) => ({ thread, turn: turnOf(thread) }))
    .toSorted((a, b) => byTurn(a.turn, b.turn));
}
