import { Cluster, type Redis } from "ioredis";
import { z } from "zod";

import { SseError } from "./error.ts";
import type { RelayLine, SseRelay } from "./relay.ts";

/** The connections of a relay, and where in Redis it works. */
export interface RedisSseRelayOptions {
  /** Takes ordinary commands; may be shared. */
  readonly redis: Redis | Cluster;
  /** A connection for this relay alone, as `redis.duplicate()` makes it: it can do nothing but listen. */
  readonly subscriber: Redis | Cluster;
  readonly prefix: string;
  /** How long others know of a stream that is not kept open, in ms; four keep-alives unless told otherwise. */
  readonly ttlMs?: number;
}

/** The payload names the public id of the sender's key, and never a key. */
const payloadSchema = z.object({ keyId: z.string(), body: z.string() });

interface OpenLine {
  readonly sessionId: string;
  readonly keyId: string;
  readonly onMessage: (body: string) => void;
}

/**
 * Streams of all instances by Redis pub/sub: a channel a stream, and beside it the id of its key, so that
 * a message with another key is refused and not silently dropped.
 */
export class RedisSseRelay implements SseRelay {
  readonly #redis: Redis | Cluster;
  readonly #subscriber: Redis | Cluster;
  readonly #prefix: string;
  readonly #ttlMs: number;
  readonly #lines = new Map<string, OpenLine>();

  constructor({ redis, subscriber, prefix, ttlMs = 60_000 }: RedisSseRelayOptions) {
    this.#redis = redis;
    this.#subscriber = subscriber;
    this.#prefix = prefix;
    this.#ttlMs = ttlMs;
    subscriber.on("message", this.#deliver);
    // Whichever comes back last finds the other ready.
    redis.on("ready", this.#tellAll);
    subscriber.on("ready", this.#tellAll);
  }

  async open(
    sessionId: string,
    keyId: string,
    onMessage: (body: string) => void,
  ): Promise<RelayLine> {
    const line = { sessionId, keyId, onMessage };
    this.#lines.set(this.#channel(sessionId), line);
    try {
      await this.#tell(line);
    } catch (error) {
      this.#lines.delete(this.#channel(sessionId));
      throw error;
    }
    return { keepOpen: () => this.#tell(line), close: () => this.#forget(line) };
  }

  async publish(sessionId: string, keyId: string, body: string): Promise<boolean> {
    return reach(async () => {
      const owner = await this.#redis.get(this.#ownerKey(sessionId));
      if (owner !== keyId) return false;
      const payload = JSON.stringify({ keyId, body });
      const receivers = await this.#redis.publish(this.#channel(sessionId), payload);
      // A cluster counts only those who listen at the node that was asked.
      return receivers > 0 || this.#redis instanceof Cluster;
    });
  }

  async close(): Promise<void> {
    this.#subscriber.off("message", this.#deliver);
    this.#redis.off("ready", this.#tellAll);
    this.#subscriber.off("ready", this.#tellAll);
    this.#lines.clear();
  }

  readonly #deliver = (channel: string, text: string): void => {
    const line = this.#lines.get(channel);
    const payload = payloadSchema.safeParse(parsed(text)).data;
    if (line !== undefined && payload?.keyId === line.keyId) line.onMessage(payload.body);
  };

  /** A Redis that was restarted knows of no stream, and the next keep-alive may be long in coming. */
  readonly #tellAll = (): void => {
    for (const line of this.#lines.values()) void this.#tell(line).catch(() => undefined);
  };

  /** Subscribing again costs little, and mends a subscription that was lost without a word. */
  async #tell({ sessionId, keyId }: OpenLine): Promise<void> {
    await reach(async () => {
      await this.#subscriber.subscribe(this.#channel(sessionId));
      await this.#redis.set(this.#ownerKey(sessionId), keyId, "PX", this.#ttlMs);
    });
  }

  async #forget({ sessionId }: OpenLine): Promise<void> {
    this.#lines.delete(this.#channel(sessionId));
    await reach(async () => {
      await this.#redis.del(this.#ownerKey(sessionId));
      await this.#subscriber.unsubscribe(this.#channel(sessionId));
    });
  }

  #channel(sessionId: string): string {
    return `${this.#prefix}sse:${sessionId}`;
  }

  #ownerKey(sessionId: string): string {
    return `${this.#prefix}sse-owner:${sessionId}`;
  }
}

async function reach<T>(commands: () => Promise<T>): Promise<T> {
  try {
    return await commands();
  } catch {
    throw new SseError("relay-unavailable");
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
