import type { Authenticator } from "@pr-review/auth";
import type { Lease, Marks } from "@pr-review/key-lifecycle";
import type { Companion, RateLimiter } from "@pr-review/rate-limiter";
import type { TokenStore } from "@pr-review/token-store";

import type { ReadyChecks } from "../serve/ready-route.ts";
import type { SseRelay } from "../sse/relay.ts";
import type { Ledgers } from "./ledgers.ts";

/** Where the keys lie. */
export interface StorageStatus {
  readonly kind: "memory" | "file" | "redis";
  /** A file, or a server and prefix; never with a password. */
  readonly name: string;
  /** Of the Redis server; `undefined` where there is none, or where it may not be asked. */
  readonly redisVersion: string | undefined;
}

/** What the server keeps between requests. */
export interface Backends extends Ledgers {
  readonly tokens: TokenStore;
  readonly authenticator: Authenticator;
  /** Absent when rate limits are off. */
  readonly limiter: RateLimiter | undefined;
  /** Where the limiter finds the version of a key's record, if it can look it up along the way. */
  readonly versionField: ((keyId: string) => Companion) | undefined;
  /** Reaches the streams of other instances; absent where there is only this one. */
  readonly sseRelay: SseRelay | undefined;
  /** Which instance looks after the keys. */
  readonly lease: Lease;
  /** Who was warned of what already. */
  readonly marks: Marks;
  /** Where all of it lies. */
  readonly storage: () => Promise<StorageStatus>;
  /** What `/ready` tells of them. */
  readonly checks: ReadyChecks;
  /** Writes what is left to write, and lets go. */
  close(): Promise<void>;
}
