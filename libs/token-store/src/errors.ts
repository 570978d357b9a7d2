/** What went wrong, in a word that never changes. */
export type TokenStoreErrorCode =
  | "already-rotated"
  | "damaged-file"
  | "folder-in-use"
  | "invalid-keyring"
  | "invalid-token"
  | "key-taken"
  | "not-importable"
  | "not-rotatable"
  | "store-unavailable"
  | "unreadable-record"
  | "weak-secret-key"
  | "wrong-secret-key";

/** What an error tells beside its code and message. */
export interface TokenStoreErrorOptions extends ErrorOptions {
  /** The public id of the key that is in the way. */
  readonly keyId?: string;
}

/** A token store refused; the message says what to do and never holds a secret. */
export class TokenStoreError extends Error {
  override readonly name = "TokenStoreError";
  readonly code: TokenStoreErrorCode;
  /** For `key-taken` the key that is here already, for `already-rotated` the one that followed. */
  readonly keyId: string | undefined;

  constructor(code: TokenStoreErrorCode, message: string, options: TokenStoreErrorOptions = {}) {
    super(message, options);
    this.code = code;
    this.keyId = options.keyId;
  }
}

/** Whether an error says that this one record cannot be read, and nothing about the others. */
export function isUnreadable(error: unknown): boolean {
  return error instanceof TokenStoreError && error.code === "unreadable-record";
}
