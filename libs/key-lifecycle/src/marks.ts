/** That something was done, and until when anybody may ask, in ms since the epoch. */
export interface Mark {
  readonly id: string;
  readonly until: number;
}

/** Nobody works on one thing for longer; what is neither kept nor released by then is free again. */
export const claimMs = 10 * 60_000;

/**
 * Remembers, across restarts and instances, what is done only once. It is claimed first and kept when it
 * is done, so that no two instances do it, and after a crash in between it is done again rather than
 * never. Every method throws `LifecycleError` (`marks-unavailable`).
 */
export interface Marks {
  /** Claims those that nobody has kept or claimed, and resolves to them. */
  claim(ids: readonly string[]): Promise<ReadonlySet<string>>;
  /** Keeps what was claimed. */
  keep(marks: readonly Mark[]): Promise<void>;
  /** Gives up what was claimed and not done. */
  release(ids: readonly string[]): Promise<void>;
}
