import { randomBytes } from "node:crypto";

import {
  type RecordStorage,
  Keyring,
  Seal,
  TokenStore,
  type TokenStoreOptions,
} from "../../src/index.ts";

export const k1 = { id: "k1", root: randomBytes(32) };
export const k2 = { id: "k2", root: randomBytes(32) };

/** What a key is issued for when a test does not care. */
export const grant = { githubToken: "ghp_alice", githubHost: "github.com", userId: "alice" };

/** A key of the predecessor's shape. */
export function legacyKey(): string {
  return `mcp_${randomBytes(32).toString("base64url")}`;
}

/** A store on a keyring, `k1` alone unless told. */
export function storeOn(
  storage: RecordStorage,
  keys = [k1],
  options: TokenStoreOptions = {},
): TokenStore {
  return new TokenStore(storage, new Seal(new Keyring(keys)), options);
}

/** All that a storage holds, to be compared. */
export async function dump(storage: RecordStorage): Promise<unknown> {
  const records = (await storage.list()).toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return { records, keyCheck: await storage.keyCheck() };
}
