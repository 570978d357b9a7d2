/** What went wrong, in a word that never changes. */
export type LifecycleErrorCode = "lease-unavailable" | "marks-unavailable" | "notice-undelivered";

/**
 * A notice was not handed over, or nobody can tell what people were told of, or whose turn it is. Holds one
 * word of the errors behind it and nothing else: those may name a password, an address or what a stranger said.
 */
export class LifecycleError extends Error {
  override readonly name = "LifecycleError";
  readonly code: LifecycleErrorCode;
  /** One word that is safe to log, such as `ECONNREFUSED`, `ENOSPC`, `TIMEOUT`, `EAUTH` or `HTTP_403`. */
  readonly reason: string;

  /** `advice` is what to do about it. */
  constructor(
    code: LifecycleErrorCode,
    reason: string,
    advice = "See to it; the next look tries again.",
  ) {
    super(`${messages[code]} (${reason}). ${advice}`);
    this.code = code;
    this.reason = reason;
  }
}

const messages: Record<LifecycleErrorCode, string> = {
  "lease-unavailable": "Redis does not say which instance acts",
  "marks-unavailable": "The notes of who was warned cannot be read or written",
  "notice-undelivered": "A notice was not handed over",
};
