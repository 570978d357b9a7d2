import type { Cluster, Redis } from "ioredis";

import { addScript } from "./redis/add.lua.ts";
import { damaged, failure } from "./redis/failure.ts";
import { fromField, toField } from "./redis/fields.ts";
import { scanHash } from "./redis/scan-hash.ts";
import { other, subjectId } from "./usage-row.ts";
import type { StoredDay, UsageBatch, UsageStorage } from "./usage-storage.ts";

/** What a storage in Redis is told beside its connection. */
export interface RedisUsageStorageOptions {
  /** What every key of it begins with; `mcp:` unless told. */
  readonly prefix?: string;
  /** What messages call the server; never with a password. */
  readonly name?: string;
}

const daySeconds = 86_400;
const otherField = subjectId(other);

/**
 * Keeps counts in Redis, one hash a day, shared by every instance; they go away by themselves. Never closes a
 * connection, and lets no error of ioredis out: those hold the commands with all they carry.
 */
export class RedisUsageStorage implements UsageStorage {
  readonly name: string;
  /** A script keeps everybody else waiting: about 2 ms with so many rows. */
  readonly batchRows = 200;
  readonly #redis: Redis | Cluster;
  readonly #prefix: string;

  constructor(
    redis: Redis | Cluster,
    { prefix = "mcp:", name = "Redis" }: RedisUsageStorageOptions = {},
  ) {
    this.name = `${name} (keys ${prefix}{usage}:*)`;
    this.#redis = redis;
    this.#prefix = prefix;
  }

  async add({ writer, sequence, day, rows, maxRows, keepDays }: UsageBatch): Promise<void> {
    // From the last write on, and by no clock but that of Redis. What can come again is known as long.
    const ttl = (keepDays + 1) * daySeconds;
    const keys = [this.#writerKey(writer), this.#dayKey(day)];
    const args = [sequence, maxRows, ttl, otherField, ...rows.flatMap(toField)];
    await this.#ask(day, async () => this.#redis.eval(addScript, keys.length, ...keys, ...args));
  }

  async read(day: string, writer: string): Promise<StoredDay> {
    const sequence = await this.#sequenceOf(day, writer);
    const fields = await this.#ask(day, async () => scanHash(this.#redis, this.#dayKey(day)));
    // A batch that was given up may have come in meanwhile: then it is in some of the fields.
    if (sequence !== (await this.#sequenceOf(day, writer))) return this.read(day, writer);
    const rows = Array.from(fields, fromField).filter((row) => row !== undefined);
    if (rows.length < fields.size) throw damaged(this.name, this.#dayKey(day));
    return { rows, sequence };
  }

  async #sequenceOf(day: string, writer: string): Promise<number> {
    return Number(await this.#ask(day, async () => this.#redis.get(this.#writerKey(writer))));
  }

  async #ask<T>(day: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw failure(this.name, this.#dayKey(day), error);
    }
  }

  #writerKey(writer: string): string {
    return this.#key(`writer:${writer}`);
  }

  #dayKey(day: string): string {
    return this.#key(`day:${day}`);
  }

  /** The braces keep all of it on one slot of a cluster, as a script of two keys needs it. */
  #key(name: string): string {
    return `${this.#prefix}{usage}:${name}`;
  }
}
