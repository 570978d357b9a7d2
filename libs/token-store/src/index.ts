export { deriveKey } from "./derive-key.ts";
export {
  TokenStoreError,
  type TokenStoreErrorCode,
  type TokenStoreErrorOptions,
} from "./errors.ts";
export type { TokenChange, TokenGrant } from "./grant.ts";
export { generateKey, type GeneratedKey, keyId } from "./key.ts";
export { Keyring, parseSecretKeys, type SecretKey } from "./keyring.ts";
export type { KeyringStatus } from "./keyring-status.ts";
export { MemoryRecordStorage } from "./memory.ts";
export type { RecordStorage, StoredToken } from "./record-storage.ts";
export type { ImportOutcome } from "./record-transfer.ts";
export type { ResealOptions, ResealResult } from "./reseal.ts";
export type { RotatedToken, RotateOptions } from "./rotate.ts";
export { Seal } from "./seal.ts";
export { parseSecretKey } from "./secret-key.ts";
export type { IssuedToken, TokenRecord } from "./token-record.ts";
export { type TokenMatch, TokenStore, type TokenStoreOptions } from "./token-store.ts";
