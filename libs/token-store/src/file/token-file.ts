import { readFile } from "node:fs/promises";
import { basename, dirname } from "node:path";

import { isMissing, removeLeftovers, replaceFile } from "@pr-review/durable/file";

import { TokenStoreError } from "../errors.ts";
import { openEnvelope, sealEnvelope } from "./envelope.ts";
import type { SnapshotKeys } from "./snapshot-keys.ts";
import { decode, emptySnapshot, encode, type Snapshot } from "./snapshot.ts";
import { unavailable } from "./unavailable.ts";

/** The one encrypted file that a snapshot lies in. */
export class TokenFile {
  readonly path: string;
  readonly #keys: SnapshotKeys;
  readonly #assertHeld: () => Promise<void>;

  /** `assertHeld` throws when the file is no longer this process's to write. */
  constructor(path: string, keys: SnapshotKeys, assertHeld: () => Promise<void>) {
    this.path = path;
    this.#keys = keys;
    this.#assertHeld = assertHeld;
  }

  /**
   * What was last written, and an empty snapshot where there is no file. Throws `damaged-file`,
   * `wrong-secret-key` or `store-unavailable`, and leaves the file as it is.
   */
  async read(): Promise<Snapshot> {
    const bytes = await this.#readBytes();
    if (bytes === undefined) return emptySnapshot();
    const opened = openEnvelope(bytes, this.#keys);
    if (opened.kind === "wrong-key") throw wrongKey(this.path, opened.keyId);
    const snapshot = opened.kind === "content" ? decode(opened.content) : undefined;
    if (snapshot === undefined) throw damaged(this.path);
    return snapshot;
  }

  /** Resolves once the snapshot is on disk; throws `store-unavailable`. */
  async write(snapshot: Snapshot): Promise<void> {
    try {
      const content = sealEnvelope(encode(snapshot), this.#keys);
      await replaceFile(this.path, content, { guard: this.#assertHeld });
    } catch (error) {
      throw error instanceof TokenStoreError ? error : unavailable(this.path, error);
    }
  }

  /**
   * Leftovers go before the file is read. A former owner that hung just before its rename then has nothing
   * left to rename, and cannot bring back an older state over what this process is going to write.
   */
  async #readBytes(): Promise<Buffer | undefined> {
    try {
      await removeLeftovers(dirname(this.path), (name) => name === basename(this.path));
      return await readFile(this.path);
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw unavailable(this.path, error);
    }
  }
}

function damaged(path: string): TokenStoreError {
  return new TokenStoreError(
    "damaged-file",
    `${path} is damaged, or another release wrote it. Nothing was changed. Restore it from a backup, or start the release that wrote it.`,
  );
}

function wrongKey(path: string, keyId: string): TokenStoreError {
  return new TokenStoreError(
    "wrong-secret-key",
    `${path} was written with another secret key named ${keyId}. Nothing was changed. Set the secret key it was written with.`,
  );
}
