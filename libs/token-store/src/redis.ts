import type { Cluster, Redis } from "ioredis";

import { isUnreadable, TokenStoreError } from "./errors.ts";
import type { RecordStorage, StoredToken } from "./record-storage.ts";
import { noAnswer, reasonOf, unavailable } from "./redis/failure.ts";
import { persevere } from "./redis/persevere.ts";
import { type Write, writeReplicated } from "./redis/replicated-write.ts";
import { scanKeys } from "./redis/scan-keys.ts";
import { scripts } from "./redis/scripts.ts";
import { fromHash, hashAt, toHash } from "./redis/stored-hash.ts";

/** Records asked for at once when all are listed. */
const batchSize = 500;

/** What a storage in Redis is told beside its connection. */
export interface RedisRecordStorageOptions {
  /** What every key of it begins with; `mcp:` unless told. */
  readonly prefix?: string;
  /** What messages call the server; never with a password. */
  readonly name?: string;
  /**
   * The connection that writes, the same one unless told; it also looks up a record when the other gives no
   * answer. What shares it waits when a write waits for a replica.
   */
  readonly writer?: Redis | Cluster;
  /** How long a write waits for a replica, in ms; 500 unless told. Below `commandTimeout`, if there is one. */
  readonly replicaWaitMs?: number;
}

/**
 * Keeps sealed records in Redis, one hash each, shared by every instance. Where there is a replica, a write
 * is acknowledged when one has it. Never closes a connection, and lets no error of ioredis out: those hold
 * the commands with all they carry.
 */
export class RedisRecordStorage implements RecordStorage {
  readonly name: string;
  readonly #redis: Redis | Cluster;
  readonly #writer: Redis | Cluster;
  readonly #prefix: string;
  readonly #replicaWaitMs: number;

  constructor(
    redis: Redis | Cluster,
    {
      prefix = "mcp:",
      name = "Redis",
      writer = redis,
      replicaWaitMs = 500,
    }: RedisRecordStorageOptions = {},
  ) {
    this.name = `${name} (keys ${prefix}*)`;
    this.#redis = redis;
    this.#writer = writer;
    this.#prefix = prefix;
    this.#replicaWaitMs = replicaWaitMs;
  }

  /** Where the version of a record can be read by those who read something else of this key anyway. */
  versionField(id: string): { readonly key: string; readonly field: string } {
    return { key: this.#key(id), field: "version" };
  }

  /** When it rejects, the record is taken back as soon as Redis answers: nobody has its key. */
  async insert(record: StoredToken): Promise<boolean> {
    const key = this.#key(record.id);
    const args = [record.sealed, ...toHash(record)];
    try {
      return (await this.#write({ script: scripts.insert, key, args })) === 1;
    } catch (error) {
      void persevere(async () => this.#writer.eval(scripts.undoInsert, 1, key, record.sealed));
      throw error;
    }
  }

  async get(id: string): Promise<StoredToken | undefined> {
    const fields = await this.#ask(async () => this.#fields(this.#key(id)));
    return fields && fromHash(id, fields);
  }

  async replace(record: StoredToken, version: number): Promise<boolean> {
    const args = [String(version), record.sealed, ...toHash(record)];
    const key = this.#key(record.id);
    return (await this.#write({ script: scripts.replace, key, args })) === 1;
  }

  async touch(id: string, usedAt: number): Promise<void> {
    await this.#ask(async () => this.#redis.eval(scripts.touch, 1, this.#key(id), usedAt));
  }

  async remove(id: string): Promise<boolean> {
    return (await this.#write({ script: scripts.remove, key: this.#key(id), args: [] })) === 1;
  }

  async count(): Promise<number> {
    return (await this.#ids()).length;
  }

  async list(
    onUnreadable: (id: string) => void = () => undefined,
  ): Promise<readonly StoredToken[]> {
    const ids = await this.#ids();
    const records: StoredToken[] = [];
    for (let at = 0; at < ids.length; at += batchSize) {
      const batch = ids.slice(at, at + batchSize);
      const found = await Promise.all(batch.map(async (id) => this.#readable(id, onUnreadable)));
      records.push(...found.filter((record) => record !== undefined));
    }
    return records.toSorted((a, b) => a.createdAt - b.createdAt);
  }

  async keyCheck(): Promise<string | undefined> {
    return (await this.#ask(async () => this.#redis.get(this.#keyCheckKey))) ?? undefined;
  }

  async setKeyCheck(text: string): Promise<void> {
    await this.#write({ script: scripts.setText, key: this.#keyCheckKey, args: [text] });
  }

  get #keyCheckKey(): string {
    return `${this.#prefix}key-check`;
  }

  /** The braces keep everything about one key on one slot of a cluster. */
  #key(id: string): string {
    return `${this.#prefix}{${id}}:tok`;
  }

  /** Found by their names alone. */
  async #ids(): Promise<readonly string[]> {
    const names = { start: `${this.#prefix}{`, end: "}:tok" };
    const keys = await this.#ask(async () => scanKeys(this.#redis, names));
    return Array.from(keys, (key) => key.slice(names.start.length, -names.end.length));
  }

  /** Where one connection gives no answer, the other may: what is broken need not be Redis. */
  async #fields(key: string): Promise<object | undefined> {
    try {
      return await hashAt(this.#redis, key);
    } catch (error) {
      if (this.#writer === this.#redis || reasonOf(error) !== noAnswer) throw error;
      return hashAt(this.#writer, key);
    }
  }

  async #readable(
    id: string,
    onUnreadable: (id: string) => void,
  ): Promise<StoredToken | undefined> {
    try {
      return await this.get(id);
    } catch (error) {
      if (!isUnreadable(error)) throw error;
      onUnreadable(id);
      return undefined;
    }
  }

  async #write(write: Write): Promise<unknown> {
    const { reply, isSafe } = await this.#ask(async () =>
      writeReplicated(this.#writer, write, this.#replicaWaitMs),
    );
    if (isSafe) return reply;
    throw new TokenStoreError(
      "store-unavailable",
      `${this.name} took a write that no replica confirmed in ${this.#replicaWaitMs} ms, so that it may ` +
        "be lost. See to the replicas and try again.",
    );
  }

  async #ask<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw unavailable(this.name, error);
    }
  }
}
