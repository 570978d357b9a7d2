import { ReplicatedRedis, type ReplicationOptions } from "@pr-review/durable/redis";
import type { Cluster, Redis } from "ioredis";

import { isUnreadable, TokenStoreError } from "./errors.ts";
import type { RecordStorage, StoredToken } from "./record-storage.ts";
import { persevere } from "./redis/persevere.ts";
import { scanKeys } from "./redis/scan-keys.ts";
import { scripts } from "./redis/scripts.ts";
import { fromHash, hashAt, toHash } from "./redis/stored-hash.ts";

/** Records asked for at once when all are listed. */
const batchSize = 500;

/** What a storage in Redis is told beside its connection. */
export interface RedisRecordStorageOptions extends ReplicationOptions {
  /** What every key of it begins with; `mcp:` unless told. */
  readonly prefix?: string;
  /** What messages call the server; never with a password. */
  readonly name?: string;
}

/**
 * Keeps sealed records in Redis, one hash each, shared by every instance. Where there is a replica, a write
 * is acknowledged when one has it. Never closes a connection, and lets no error of ioredis out: those hold
 * the commands with all they carry.
 */
export class RedisRecordStorage implements RecordStorage {
  readonly name: string;
  readonly #redis: ReplicatedRedis;
  readonly #prefix: string;

  constructor(redis: Redis | Cluster, options: RedisRecordStorageOptions = {}) {
    const { prefix = "mcp:", name = "Redis" } = options;
    this.name = `${name} (keys ${prefix}*)`;
    this.#redis = new ReplicatedRedis(redis, { ...options, name: this.name, unavailable });
    this.#prefix = prefix;
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
      return (await this.#redis.write({ script: scripts.insert, keys: [key], args })) === 1;
    } catch (error) {
      void persevere(async () =>
        this.#redis.writer.eval(scripts.undoInsert, 1, key, record.sealed),
      );
      throw error;
    }
  }

  async get(id: string): Promise<StoredToken | undefined> {
    const fields = await this.#redis.lookUp(async (redis) => hashAt(redis, this.#key(id)));
    return fields && fromHash(id, fields);
  }

  async replace(record: StoredToken, version: number): Promise<boolean> {
    const args = [String(version), record.sealed, ...toHash(record)];
    const keys = [this.#key(record.id)] as const;
    return (await this.#redis.write({ script: scripts.replace, keys, args })) === 1;
  }

  async touch(id: string, usedAt: number): Promise<void> {
    await this.#redis.ask(async () =>
      this.#redis.reader.eval(scripts.touch, 1, this.#key(id), usedAt),
    );
  }

  async remove(id: string): Promise<boolean> {
    const keys = [this.#key(id)] as const;
    return (await this.#redis.write({ script: scripts.remove, keys, args: [] })) === 1;
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
    return (
      (await this.#redis.ask(async () => this.#redis.reader.get(this.#keyCheckKey))) ?? undefined
    );
  }

  async setKeyCheck(text: string): Promise<void> {
    const keys = [this.#keyCheckKey] as const;
    await this.#redis.write({ script: scripts.setText, keys, args: [text] });
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
    const keys = await this.#redis.ask(async () => scanKeys(this.#redis.reader, names));
    return Array.from(keys, (key) => key.slice(names.start.length, -names.end.length));
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
}

function unavailable(message: string): TokenStoreError {
  return new TokenStoreError("store-unavailable", message);
}
