import { randomBytes } from "node:crypto";

import { TokenStoreError } from "./errors.ts";
import {
  changedFields,
  grantedFields,
  type TokenChange,
  type TokenGrant,
  trimmedToken,
} from "./grant.ts";
import { checkSecretKey } from "./key-check.ts";
import { hashKey, isHashOf } from "./key-hash.ts";
import { generateKey, isLegacyKey, keyId } from "./key.ts";
import { type KeyringStatus, keyringStatus } from "./keyring-status.ts";
import type { RecordStorage } from "./record-storage.ts";
import { reseal, type ResealOptions, type ResealResult } from "./reseal.ts";
import type { Seal } from "./seal.ts";
import { SealedRecords } from "./sealed-records.ts";
import { type TokenRecord, toRecord } from "./token-record.ts";

/** A new key, readable this one time, and its record. */
export interface IssuedToken {
  readonly key: string;
  readonly record: TokenRecord;
}

/** What a presented key leads to. */
export interface TokenMatch {
  readonly record: TokenRecord;
  readonly githubToken: string;
}

/** What a store is told beside its storage and its seal. */
export interface TokenStoreOptions {
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
  /** Hears the id of every record that does not open, each time that it does not. */
  readonly onUnreadable?: (id: string) => void;
}

/** Recording a use more often than this would write more than it tells. */
const touchEveryMs = 60_000;

/**
 * Maps API keys to GitHub tokens: keys only as keyed hashes, tokens only sealed. Every method rejects with
 * `store-unavailable` when the storage cannot be reached, and with `unreadable-record` for a record that
 * was altered; it never answers as if there were no such key.
 */
export class TokenStore {
  readonly #storage: RecordStorage;
  readonly #records: SealedRecords;
  readonly #now: () => number;

  constructor(
    storage: RecordStorage,
    seal: Seal,
    { now = Date.now, onUnreadable = () => undefined }: TokenStoreOptions = {},
  ) {
    this.#storage = storage;
    this.#records = new SealedRecords(storage, seal, onUnreadable);
    this.#now = now;
  }

  /** How many times a record did not open. */
  get unreadable(): number {
    return this.#records.unreadable;
  }

  /** Issues a key for a GitHub token; throws `invalid-token` when the token is blank. */
  async issue(grant: TokenGrant): Promise<IssuedToken> {
    const { key, id } = generateKey();
    const record = await this.#insert(id, key, grant);
    return record === undefined ? this.issue(grant) : { key, record };
  }

  /**
   * Takes in a key of the predecessor, which its owner goes on using: `mcp_` and 43 characters of base64url.
   * Throws `not-importable` for any other, `key-taken` when it is here already, `invalid-token` as `issue`.
   */
  async import(key: string, grant: TokenGrant): Promise<TokenRecord> {
    const id = isLegacyKey(key) ? keyId(key) : undefined;
    if (id === undefined) {
      throw new TokenStoreError(
        "not-importable",
        "Only keys of the form mcp_ and 43 letters, digits, - or _ can be imported. Issue a new one.",
      );
    }
    // Its id may have been here before: no version of it may come twice, or an old one could pass for it.
    const record = await this.#insert(id, key, grant, this.#now());
    if (record === undefined) {
      throw new TokenStoreError("key-taken", `This key is here already: change or revoke ${id}.`);
    }
    return record;
  }

  /**
   * What a key leads to, or `undefined` for a key that is malformed, unknown or revoked. An expired or
   * disabled key is found too: to judge that is the caller's part.
   */
  async find(key: string): Promise<TokenMatch | undefined> {
    const id = keyId(key);
    const found = id === undefined ? undefined : await this.#records.read(id);
    if (found === undefined) return undefined;
    const { stored, secret } = found;
    if (!isHashOf(stored.keyHash, key, secret.pepper)) return undefined;
    const { lastUsedAt = 0 } = stored;
    if (this.#now() - lastUsedAt >= touchEveryMs) this.noteUse(stored.id);
    return { record: toRecord(stored), githubToken: secret.githubToken };
  }

  /**
   * Notes that a key is used now; `find` does so by itself, once a minute. Returns at once and drops its
   * errors: when a key was last used is not worth a slow or failed request.
   */
  noteUse(id: string): void {
    this.#storage.touch(id, this.#now()).catch(() => undefined);
  }

  /** The record of an id, checked to be as it was sealed. */
  async get(id: string): Promise<TokenRecord | undefined> {
    const found = await this.#records.read(id);
    return found && toRecord(found.stored);
  }

  /** Every record that has all its fields, oldest first, as stored: `get` and `find` check the seal. */
  async list(): Promise<readonly TokenRecord[]> {
    return (await this.#records.list()).map(toRecord);
  }

  /** Changes what a key may do; the key stays. `undefined` when there is none, `invalid-token` as `issue`. */
  async update(id: string, change: TokenChange): Promise<TokenRecord | undefined> {
    const { githubToken } = change;
    const token = githubToken === undefined ? undefined : trimmedToken(githubToken);
    const stored = await this.#records.rewrite(id, (before) => ({
      stored: { ...before.stored, ...changedFields(before.stored, change) },
      secret: { ...before.secret, githubToken: token ?? before.secret.githubToken },
    }));
    return stored && toRecord(stored);
  }

  /** Revokes by id, or by the whole key; false when there was nothing to revoke. */
  async revoke(idOrKey: string): Promise<boolean> {
    return this.#storage.remove(keyId(idOrKey) ?? idOrKey);
  }

  /** Seals anew what older keys of the keyring have sealed, while the store is in use. */
  async reseal(options?: ResealOptions): Promise<ResealResult> {
    return reseal(this.#records, options);
  }

  /** Which key of the keyring has sealed how many records. */
  async keyring(): Promise<KeyringStatus> {
    return keyringStatus(this.#records.seal, await this.#records.list());
  }

  /** To be asked at start: throws `wrong-secret-key` when the keyring is not the one of this storage. */
  async checkSecretKey(): Promise<void> {
    await checkSecretKey(this.#storage, this.#records.seal);
  }

  async #insert(
    id: string,
    key: string,
    grant: TokenGrant,
    version = 1,
  ): Promise<TokenRecord | undefined> {
    const secret = { pepper: randomBytes(32), githubToken: trimmedToken(grant.githubToken) };
    const stored = {
      id,
      keyHash: hashKey(key, secret.pepper),
      githubHost: grant.githubHost,
      ...grantedFields(grant),
      createdAt: this.#now(),
      lastUsedAt: undefined,
      disabled: false,
      version,
    };
    return (await this.#records.insert({ stored, secret })) ? toRecord(stored) : undefined;
  }
}
