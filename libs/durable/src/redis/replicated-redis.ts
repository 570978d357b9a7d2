import type { Cluster, Redis } from "ioredis";

import { redisReason } from "./reason.ts";
import { type Write, writeReplicated } from "./replicated-write.ts";

/** Who writes to Redis, and how long a write may take. */
export interface ReplicationOptions {
  /**
   * The connection that writes, the same one unless told; it also looks up what the other gives no answer
   * to. What shares it waits when a write waits for a replica.
   */
  readonly writer?: Redis | Cluster;
  /** How long a write waits for a replica, in ms; 500 unless told. Below `commandTimeout`, if there is one. */
  readonly replicaWaitMs?: number;
}

/** What a storage brings to its connections. */
export interface ReplicatedRedisTerms extends ReplicationOptions {
  /** What messages call the place; never with a password. */
  readonly name: string;
  /** Makes the storage's own error of a message that says what happened and what to do. */
  readonly unavailable: (message: string) => Error;
}

/** The reasons of commands to which Redis has said nothing. */
const silence = new Set(["TIMEOUT", "SILENT", "CLOSED"]);

/**
 * Redis as a storage uses it. Where there is a replica, a write is acknowledged when one has it. Never closes
 * a connection, and lets no error of ioredis out: those hold the commands with all they carry.
 */
export class ReplicatedRedis {
  readonly reader: Redis | Cluster;
  readonly writer: Redis | Cluster;
  readonly #name: string;
  readonly #waitMs: number;
  readonly #unavailable: (message: string) => Error;

  constructor(
    reader: Redis | Cluster,
    { name, unavailable, writer = reader, replicaWaitMs = 500 }: ReplicatedRedisTerms,
  ) {
    this.reader = reader;
    this.writer = writer;
    this.#name = name;
    this.#waitMs = replicaWaitMs;
    this.#unavailable = unavailable;
  }

  /** Settles as `work` does, but rejects with the storage's error, which has one word of the reason. */
  async ask<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw this.#unavailable(
        `${this.#name} is out of reach or refuses (${redisReason(error)}). See to it that Redis runs and ` +
          "takes writes, then try again.",
      );
    }
  }

  /** As `ask`, where either connection will do: when one gives no answer, what is broken need not be Redis. */
  async lookUp<T>(question: (redis: Redis | Cluster) => Promise<T>): Promise<T> {
    return this.ask(async () => {
      try {
        return await question(this.reader);
      } catch (error) {
        if (this.writer === this.reader || !silence.has(redisReason(error))) throw error;
        return question(this.writer);
      }
    });
  }

  /** Resolves to the reply of a script that has run for good; when it rejects, it has run or not. */
  async write(write: Write): Promise<unknown> {
    const { reply, isSafe } = await this.ask(async () =>
      writeReplicated(this.writer, write, this.#waitMs),
    );
    if (isSafe) return reply;
    throw this.#unavailable(
      `${this.#name} took a write that no replica confirmed in ${this.#waitMs} ms, so that it may be lost. ` +
        "See to the replicas and try again.",
    );
  }
}
