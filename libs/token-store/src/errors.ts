/** What went wrong, in a word that never changes. */
export type TokenStoreErrorCode = "invalid-token" | "weak-secret-key" | "unreadable-record";

/** A token store refused; the message says what to do and never holds a secret. */
export class TokenStoreError extends Error {
  override readonly name = "TokenStoreError";
  readonly code: TokenStoreErrorCode;

  constructor(code: TokenStoreErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
