export { TokenStoreError, type TokenStoreErrorCode } from "./errors.ts";
export { generateKey, type GeneratedKey, keyId } from "./key.ts";
export { MemoryRecordStorage } from "./memory.ts";
export type { RecordStorage, StoredToken } from "./record-storage.ts";
export { deriveKey, Seal } from "./seal.ts";
export { parseSecretKey } from "./secret-key.ts";
export {
  type IssuedToken,
  type TokenGrant,
  type TokenMatch,
  type TokenRecord,
  TokenStore,
} from "./token-store.ts";
