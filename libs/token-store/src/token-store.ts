import { changedFields, type TokenChange, type TokenGrant, trimmedToken } from "./grant.ts";
import { importKey, issue, issueOnce } from "./issue.ts";
import { checkSecretKey } from "./key-check.ts";
import { keyId } from "./key.ts";
import { type KeyringStatus, keyringStatus } from "./keyring-status.ts";
import { ProvenKeys } from "./proven-keys.ts";
import type { RecordStorage, StoredToken } from "./record-storage.ts";
import { importRecord, type ImportOutcome } from "./record-transfer.ts";
import { reseal, type ResealOptions, type ResealResult } from "./reseal.ts";
import { rotate, type RotatedToken, type RotateOptions } from "./rotate.ts";
import type { Seal } from "./seal.ts";
import { SealedRecords } from "./sealed-records.ts";
import { refuseRevival } from "./superseded.ts";
import { type IssuedToken, type TokenRecord, toRecord } from "./token-record.ts";

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
  readonly #proven = new ProvenKeys();
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

  /**
   * Issues a key for a GitHub token; throws `invalid-token` when the token is blank. A `reference` is issued
   * once: its key has an id made from it, and for as long as that record is there a second one throws
   * `key-taken` with the `keyId` of the first.
   */
  async issue(
    grant: TokenGrant,
    { reference }: { readonly reference?: string | undefined } = {},
  ): Promise<IssuedToken> {
    if (reference === undefined) return issue(this.#records, grant, this.#now);
    return issueOnce(this.#records, grant, { reference, at: this.#now() });
  }

  /**
   * Takes in a key of the predecessor, which its owner goes on using: `mcp_` and 43 characters of base64url.
   * Throws `not-importable` for any other, `key-taken` when it is here already, `invalid-token` as `issue`.
   */
  async import(key: string, grant: TokenGrant): Promise<TokenRecord> {
    return importKey(this.#records, key, { grant, at: this.#now() });
  }

  /**
   * What a key leads to, or `undefined` for a key that is malformed, unknown or revoked. An expired or
   * disabled key is found too: to judge that is the caller's part. `id` is that of the key, if it is known.
   */
  async find(
    key: string,
    { id = keyId(key) }: { readonly id?: string | undefined } = {},
  ): Promise<TokenMatch | undefined> {
    const found = id === undefined ? undefined : await this.#records.read(id);
    if (found === undefined) return undefined;
    const { stored, secret } = found;
    if (!this.#proven.isKeyOf(found, key)) return undefined;
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

  /** How many keys there are, working or not. */
  async count(): Promise<number> {
    return this.#storage.count();
  }

  /** Every record that has all its fields, oldest first, as stored: `get` and `find` check the seal. */
  async list(): Promise<readonly TokenRecord[]> {
    return (await this.#records.list()).map(toRecord);
  }

  /**
   * Changes what a key may do; the key stays. `undefined` when there is none. Throws `invalid-token` as
   * `issue`, and `already-rotated` for a rotated key that would work for longer.
   */
  async update(id: string, change: TokenChange): Promise<TokenRecord | undefined> {
    const { githubToken } = change;
    const token = githubToken === undefined ? undefined : trimmedToken(githubToken);
    const changed = await this.#records.rewrite(id, ({ stored, secret }) => {
      const after = { ...stored, ...changedFields(stored, change) };
      refuseRevival(stored, after);
      return { stored: after, secret: { ...secret, githubToken: token ?? secret.githubToken } };
    });
    return changed && toRecord(changed);
  }

  /**
   * Lets a new key follow this one, with the same rights and the same GitHub token. The old one works for
   * `graceMs` more, and the one before it no longer: of a line of keys, two work at most. `undefined` when
   * there is no such key. Throws `already-rotated`, with the `keyId` of the key that follows it, and
   * `not-rotatable` for a key that is disabled or has expired.
   */
  async rotate(id: string, options: RotateOptions): Promise<RotatedToken | undefined> {
    return rotate(this.#records, id, options, this.#now);
  }

  /** Revokes by id, or by the whole key; false when there was nothing to revoke. */
  async revoke(idOrKey: string): Promise<boolean> {
    return this.#storage.remove(keyId(idOrKey) ?? idOrKey);
  }

  /** Every record as it lies, sealed, oldest first: what `importRecord` takes in where the same keyring is. */
  async *exportRecords(): AsyncGenerator<StoredToken, void, undefined> {
    yield* await this.#records.list();
  }

  /**
   * Takes in one record that `exportRecords` gave, also by way of JSON; its key works again. A key that is
   * here stays as it is. Throws `unreadable-record` for anything else, and stores nothing of it.
   */
  async importRecord(exported: unknown): Promise<ImportOutcome> {
    return importRecord(this.#records, exported, this.#now());
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
}
