import { isUnreadable, TokenStoreError } from "./errors.ts";
import { openRecord, type RecordSecret, sealRecord } from "./record-seal.ts";
import type { RecordStorage, StoredToken } from "./record-storage.ts";
import type { Seal } from "./seal.ts";

/** A record and the secret in it. */
export interface OpenRecord {
  readonly stored: Omit<StoredToken, "sealed">;
  readonly secret: RecordSecret;
}

/** Every lost race means that another writer won one; so many in a row is no contention any more. */
const mostAttempts = 100;

/** Records of a storage, opened and sealed. Whatever does not open is counted and reported. */
export class SealedRecords {
  readonly storage: RecordStorage;
  readonly seal: Seal;
  readonly #onUnreadable: (id: string) => void;
  /** What a storage that keeps records in memory hands out again is opened once. */
  readonly #opened = new WeakMap<StoredToken, OpenRecord>();
  #unreadable = 0;

  constructor(storage: RecordStorage, seal: Seal, onUnreadable: (id: string) => void) {
    this.storage = storage;
    this.seal = seal;
    this.#onUnreadable = onUnreadable;
  }

  /** How often a record did not open so far. */
  get unreadable(): number {
    return this.#unreadable;
  }

  /** Seals and stores a new record; false when its id is taken. */
  async insert({ stored, secret }: OpenRecord): Promise<boolean> {
    return this.storage.insert(sealRecord(this.seal, stored, secret));
  }

  /** Reads and opens a record; throws `unreadable-record`. */
  async read(id: string): Promise<OpenRecord | undefined> {
    try {
      const found = await this.storage.get(id);
      if (found === undefined) return undefined;
      const known = this.#opened.get(found);
      if (known?.stored.id === id) return known;
      // Under the id that was asked for: a record moved to another one must not open.
      const stored = { ...found, id };
      const open = { stored, secret: openRecord(this.seal, stored) };
      this.#opened.set(found, open);
      return open;
    } catch (error) {
      if (isUnreadable(error)) this.#report(id);
      throw error;
    }
  }

  /** Every record that has all its fields, oldest first; nothing is opened. */
  async list(): Promise<readonly StoredToken[]> {
    return this.storage.list((id) => {
      this.#report(id);
    });
  }

  /**
   * Changes a record by compare-and-set, sealed with the current key and one version on. `edit` is asked
   * again when another writer was faster, and returns `undefined` to leave the record as it is.
   * Resolves to what is stored now, `undefined` when there is no such record.
   */
  async rewrite(
    id: string,
    edit: (record: OpenRecord) => OpenRecord | undefined,
  ): Promise<OpenRecord["stored"] | undefined> {
    return this.untilWon(async () => {
      const before = await this.read(id);
      const after = before && edit(before);
      if (before === undefined || after === undefined) return { won: before?.stored };
      const next = await this.replace(before, after);
      return next && { won: next };
    });
  }

  /**
   * Puts `after` in the place of `before`, sealed with the current key and one version on. `undefined` when
   * what is stored is not `before` any more.
   */
  async replace(before: OpenRecord, after: OpenRecord): Promise<OpenRecord["stored"] | undefined> {
    const { version } = before.stored;
    const next = sealRecord(this.seal, { ...after.stored, version: version + 1 }, after.secret);
    return (await this.storage.replace(next, version)) ? next : undefined;
  }

  /** Asks again for as long as `attempt` answers `undefined`, which is: it lost a race. */
  async untilWon<T>(attempt: () => Promise<{ readonly won: T } | undefined>): Promise<T> {
    for (let attempts = 0; attempts < mostAttempts; attempts += 1) {
      const outcome = await attempt();
      if (outcome !== undefined) return outcome.won;
    }
    throw new TokenStoreError(
      "store-unavailable",
      `A record in ${this.storage.name} changes faster than it can be written. Try again.`,
    );
  }

  #report(id: string): void {
    this.#unreadable += 1;
    this.#onUnreadable(id);
  }
}
