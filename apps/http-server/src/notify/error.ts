/**
 * A notice was not handed over. Holds a reason in one word that is safe to log, and nothing of the
 * errors behind it: those may name the password, the address or what the other side said.
 */
export class NotifyError extends Error {
  override readonly name = "NotifyError";
  readonly code = "notice-undelivered";
  /** Such as `ECONNREFUSED`, `TIMEOUT`, `EAUTH` or `HTTP_403`. */
  readonly reason: string;

  /** `setting` is where to look. */
  constructor(channel: string, reason: string, setting: string) {
    super(`The ${channel} did not take a notice (${reason}). Check ${setting}.`);
    this.reason = reason;
  }
}

/** A code, of which nobody knows who wrote it, in one word that is safe to log; else `UNKNOWN`. */
export function safeReason(code: unknown): string {
  return typeof code === "string" && /^[A-Z][A-Z0-9_]{2,63}$/.test(code) ? code : "UNKNOWN";
}
