import type { Cluster, Redis } from "ioredis";
import { z } from "zod";

import type {
  AppendOutcome,
  AuditBatch,
  AuditRange,
  AuditStorage,
  StoredLog,
} from "../audit-storage.ts";
import { AuditLogError } from "../errors.ts";
import { keepFrom } from "../keep-from.ts";
import { damaged } from "../recover.ts";
import { unavailable } from "./failure.ts";
import { writeReplicated } from "./replicated-write.ts";
import { scripts } from "./scripts.ts";

/** What a storage in Redis is told beside its connection. */
export interface RedisAuditStorageOptions {
  /** What its keys begin with; `mcp:` unless told. */
  readonly prefix?: string;
  /** What messages call the server; never with a password. */
  readonly name?: string;
  /**
   * The connection that writes, the same one unless told. What shares it waits when a write waits for a
   * replica.
   */
  readonly writer?: Redis | Cluster;
  /** How long a write waits for a replica, in ms; 500 unless told. Below `commandTimeout`, if there is one. */
  readonly replicaWaitMs?: number;
  /** Records that are kept; 100,000 unless told. */
  readonly maxRecords?: number;
}

/** Lines that are read at once. */
const batchSize = 500;

const loaded = z.tuple([z.string(), z.array(z.string())]);
const entries = z.array(z.tuple([z.string(), z.array(z.string())]));

/**
 * Keeps records in a stream of Redis 6.2 or later and the head beside it, on one slot: one chain for every
 * instance. Where there is a replica, a batch is acknowledged when one has it. Never closes a connection,
 * and lets no error of ioredis out: those hold the commands with all they carry.
 */
export class RedisAuditStorage implements AuditStorage {
  readonly name: string;
  readonly #redis: Redis | Cluster;
  readonly #writer: Redis | Cluster;
  readonly #replicaWaitMs: number;
  readonly #maxRecords: number;
  readonly #headKey: string;
  readonly #logKey: string;

  constructor(
    redis: Redis | Cluster,
    {
      prefix = "mcp:",
      name = "Redis",
      writer = redis,
      replicaWaitMs = 500,
      maxRecords = 100_000,
    }: RedisAuditStorageOptions = {},
  ) {
    this.#headKey = `${prefix}{audit}:head`;
    this.#logKey = `${prefix}{audit}:log`;
    this.name = `${name} (${this.#logKey})`;
    this.#redis = redis;
    this.#writer = writer;
    this.#replicaWaitMs = replicaWaitMs;
    this.#maxRecords = maxRecords;
  }

  async load(): Promise<StoredLog> {
    return this.#ask(async () => {
      const reply = await this.#redis.eval(scripts.load, 2, this.#headKey, this.#logKey);
      const [head, tail] = loaded.parse(reply);
      return { head: head === "" ? undefined : head, tail };
    });
  }

  async append({ lines, head, expected }: AuditBatch): Promise<AppendOutcome> {
    const idsAndTexts = lines.flatMap(({ seq, text }) => [`${seq}-0`, text]);
    const length = await this.#write([expected ?? "", head, ...idsAndTexts]);
    if (length === -1) return { isAppended: false };
    if (length < 0) throw damaged(this.name, "has records that its head does not count");
    const limits = { maxRecords: this.#maxRecords };
    return { isAppended: true, keepFrom: keepFrom(length, lines.at(-1)?.seq ?? 0, limits) };
  }

  async *read({
    after = 0,
    before = Infinity,
    newestFirst = false,
  }: AuditRange): AsyncGenerator<string> {
    if (before <= 1) return;
    let low = String(Math.max(0, after) + 1);
    let high = before === Infinity ? "+" : String(before - 1);
    for (;;) {
      const batch = await this.#range(low, high, newestFirst);
      for (const [, fields] of batch) yield fields[1] ?? "";
      const last = batch.at(-1)?.[0];
      if (batch.length < batchSize || last === undefined) return;
      if (newestFirst) high = `(${last}`;
      else low = `(${last}`;
    }
  }

  async trim(first: number): Promise<void> {
    await this.#ask(async () => this.#writer.xtrim(this.#logKey, "MINID", String(first)));
  }

  async #range(low: string, high: string, newestFirst: boolean): Promise<z.infer<typeof entries>> {
    return this.#ask(async () => {
      const key = this.#logKey;
      const reply = newestFirst
        ? await this.#redis.xrevrange(key, high, low, "COUNT", batchSize)
        : await this.#redis.xrange(key, low, high, "COUNT", batchSize);
      return entries.parse(reply);
    });
  }

  async #write(args: readonly string[]): Promise<number> {
    const write = { script: scripts.append, keys: [this.#headKey, this.#logKey], args } as const;
    const { reply, isSafe } = await this.#ask(async () =>
      writeReplicated(this.#writer, write, this.#replicaWaitMs),
    );
    if (isSafe) return z.number().parse(reply);
    throw new AuditLogError(
      "audit-unavailable",
      `${this.name} took a record that no replica confirmed in ${this.#replicaWaitMs} ms, so that it may ` +
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
