/** What went wrong, in a word that never changes. */
export type UsageErrorCode = "damaged-usage" | "invalid-day" | "usage-unavailable";

/** A usage log refused; the message says what to do, and holds nothing that was counted. */
export class UsageError extends Error {
  override readonly name = "UsageError";
  readonly code: UsageErrorCode;

  constructor(code: UsageErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
