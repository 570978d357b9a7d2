/** A step that failed, in a word that never changes. */
export type LifecycleFailureCode =
  | "disabling-failed"
  | "event-lost"
  | "key-unreadable"
  | "look-failed"
  | "marks-lost"
  | "notice-lost"
  | "warnings-held";

/** A step of a look that failed; nothing is thrown for it, as the next look may do better. */
export interface LifecycleFailure {
  /**
   * Tried again at the next look: `look-failed` (all of it), `warnings-held` (one channel), `disabling-failed`
   * (the keys that were left), `key-unreadable` (one key). For good: `notice-lost` (one channel was not told of
   * disabled keys), `event-lost` (nor was `onEvent`, of one key), `marks-lost` (a key that is enabled again may
   * be disabled once more).
   */
  readonly code: LifecycleFailureCode;
  /** One word that is safe to log, such as `ECONNREFUSED`, or the code of an error. */
  readonly reason: string;
  /** The name of the channel that it is about, if of one; `audit` is `onEvent`. */
  readonly channel?: string;
  /** The public id of the key that it is about, if of one. */
  readonly keyId?: string;
}

/** Takes a failure; must not throw. */
export type OnFailure = (failure: LifecycleFailure) => void;
