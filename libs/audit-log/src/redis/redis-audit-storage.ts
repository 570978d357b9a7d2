import { ReplicatedRedis, type ReplicationOptions } from "@pr-review/durable/redis";
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
import { scripts } from "./scripts.ts";

/** What a storage in Redis is told beside its connection. */
export interface RedisAuditStorageOptions extends ReplicationOptions {
  /** What its keys begin with; `mcp:` unless told. */
  readonly prefix?: string;
  /** What messages call the server; never with a password. */
  readonly name?: string;
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
  readonly #redis: ReplicatedRedis;
  readonly #maxRecords: number;
  readonly #headKey: string;
  readonly #logKey: string;

  constructor(redis: Redis | Cluster, options: RedisAuditStorageOptions = {}) {
    const { prefix = "mcp:", name = "Redis", maxRecords = 100_000 } = options;
    this.#headKey = `${prefix}{audit}:head`;
    this.#logKey = `${prefix}{audit}:log`;
    this.name = `${name} (${this.#logKey})`;
    this.#redis = new ReplicatedRedis(redis, { ...options, name: this.name, unavailable });
    this.#maxRecords = maxRecords;
  }

  async load(): Promise<StoredLog> {
    return this.#redis.ask(async () => {
      const reply = await this.#redis.reader.eval(scripts.load, 2, this.#headKey, this.#logKey);
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
    await this.#redis.ask(async () =>
      this.#redis.writer.xtrim(this.#logKey, "MINID", String(first)),
    );
  }

  async #range(low: string, high: string, newestFirst: boolean): Promise<z.infer<typeof entries>> {
    return this.#redis.ask(async () => {
      const key = this.#logKey;
      const reply = newestFirst
        ? await this.#redis.reader.xrevrange(key, high, low, "COUNT", batchSize)
        : await this.#redis.reader.xrange(key, low, high, "COUNT", batchSize);
      return entries.parse(reply);
    });
  }

  async #write(args: readonly string[]): Promise<number> {
    const write = { script: scripts.append, keys: [this.#headKey, this.#logKey], args } as const;
    return z.number().parse(await this.#redis.write(write));
  }
}

function unavailable(message: string): AuditLogError {
  return new AuditLogError("audit-unavailable", message);
}
