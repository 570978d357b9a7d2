/** What went wrong, in a word that never changes. */
export type TokenStoreErrorCode =
  | "damaged-file"
  | "folder-in-use"
  | "invalid-keyring"
  | "invalid-token"
  | "key-taken"
  | "not-importable"
  | "store-unavailable"
  | "unreadable-record"
  | "weak-secret-key"
  | "wrong-secret-key";

/** A token store refused; the message says what to do and never holds a secret. */
export class TokenStoreError extends Error {
  override readonly name = "TokenStoreError";
  readonly code: TokenStoreErrorCode;

  constructor(code: TokenStoreErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** Whether an error says that this one record cannot be read, and nothing about the others. */
export function isUnreadable(error: unknown): boolean {
  return error instanceof TokenStoreError && error.code === "unreadable-record";
}
