import { join, resolve } from "node:path";

import { WriteQueue } from "@pr-review/durable";

import { TokenStoreError } from "../errors.ts";
import type { RecordStorage, StoredToken } from "../record-storage.ts";
import { FolderLock } from "./folder-lock.ts";
import { type SnapshotKey, SnapshotKeys } from "./snapshot-keys.ts";
import { copyOf, noteUse, type Snapshot } from "./snapshot.ts";
import { TokenFile } from "./token-file.ts";

/** How a folder of tokens is opened. */
export interface FileRecordStorageOptions {
  /** The first encrypts, every one decrypts. */
  readonly keys: readonly SnapshotKey[];
  /** How long to wait for another process to let the folder go, in ms. */
  readonly waitMs?: number | undefined;
}

/** Edits a draft and answers whether it did. */
type Change = (draft: Snapshot) => boolean;

/**
 * Keeps sealed records in memory and in one encrypted file, `tokens.sealed`. A change is on disk before its
 * promise resolves; one that rejects with `store-unavailable` is not seen in memory either. Uses are written
 * along with the next change, or by `close`. Once another process has taken the folder over, as it may when
 * this one hangs for seconds, nothing is answered any more: what is known here may have been revoked there.
 */
export class FileRecordStorage implements RecordStorage {
  readonly name: string;
  readonly #file: TokenFile;
  readonly #lock: FolderLock;
  /** Its drafts are copies of what was last written: a failed write leaves nothing behind in memory. */
  readonly #writes = new WriteQueue<Change, boolean>(async (changes) => this.#write(changes));
  #snapshot: Snapshot;
  /** Uses noted since the last write began. */
  readonly #uses = new Map<string, number>();
  /** Whether the file may hold something else than memory. */
  #isBehind = false;
  #closing: Promise<void> | undefined;

  private constructor(file: TokenFile, lock: FolderLock, snapshot: Snapshot) {
    this.name = file.path;
    this.#file = file;
    this.#lock = lock;
    this.#snapshot = snapshot;
  }

  /**
   * Opens a folder for this process alone; makes it (mode 0700) where there is none. Throws, with nothing
   * changed: `invalid-keyring`, `folder-in-use`, `damaged-file`, `wrong-secret-key`, `store-unavailable`.
   */
  static async open(
    folder: string,
    { keys, waitMs = 4_000 }: FileRecordStorageOptions,
  ): Promise<FileRecordStorage> {
    const ring = new SnapshotKeys(keys);
    const lock = await FolderLock.take(resolve(folder), { waitMs });
    try {
      const path = join(resolve(folder), "tokens.sealed");
      const file = new TokenFile(path, ring, async () => lock.assertHeld());
      return new FileRecordStorage(file, lock, await file.read());
    } catch (error) {
      await lock.release();
      throw error;
    }
  }

  async insert(record: StoredToken): Promise<boolean> {
    return this.#change(({ records }) => {
      if (records.has(record.id)) return false;
      records.set(record.id, record);
      return true;
    });
  }

  async get(id: string): Promise<StoredToken | undefined> {
    return this.#known().records.get(id);
  }

  async replace(record: StoredToken, version: number): Promise<boolean> {
    return this.#change(({ records }) => {
      if (records.get(record.id)?.version !== version) return false;
      records.set(record.id, record);
      return true;
    });
  }

  async touch(id: string, usedAt: number): Promise<void> {
    if (!noteUse(this.#snapshot, id, usedAt)) return;
    this.#uses.set(id, usedAt);
    this.#isBehind = true;
  }

  async remove(id: string): Promise<boolean> {
    return this.#change(({ records }) => records.delete(id));
  }

  async count(): Promise<number> {
    return this.#known().records.size;
  }

  async list(): Promise<readonly StoredToken[]> {
    return [...this.#known().records.values()].toSorted((a, b) => a.createdAt - b.createdAt);
  }

  async keyCheck(): Promise<string | undefined> {
    return this.#known().keyCheck;
  }

  async setKeyCheck(text: string): Promise<void> {
    await this.#change((draft) => {
      draft.keyCheck = text;
      return true;
    });
  }

  /**
   * Finishes what is being written, writes the uses noted since, and lets the folder go. Reads are still
   * answered afterwards, changes are refused. Throws `store-unavailable` when the file could not be brought up
   * to what memory holds.
   */
  async close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  /** What memory holds, unless another process has taken over and may have changed it since. */
  #known(): Snapshot {
    this.#lock.assertNotLost();
    return this.#snapshot;
  }

  async #close(): Promise<void> {
    try {
      await this.#writes.idle();
      if (this.#isBehind) await this.#file.write(this.#snapshot);
    } finally {
      await this.#lock.release();
    }
  }

  async #change(change: Change): Promise<boolean> {
    if (this.#closing === undefined) return this.#writes.add(change);
    throw new TokenStoreError(
      "store-unavailable",
      `${this.name} is closed. Open it again to change it.`,
    );
  }

  async #write(changes: readonly Change[]): Promise<readonly boolean[]> {
    const draft = copyOf(this.#snapshot);
    const answers = changes.map((change) => change(draft));
    if (!answers.includes(true)) return answers;

    this.#uses.clear();
    this.#isBehind = true;
    await this.#file.write(draft);
    for (const [id, usedAt] of this.#uses) noteUse(draft, id, usedAt);
    this.#snapshot = draft;
    this.#isBehind = this.#uses.size > 0;
    return answers;
  }
}
