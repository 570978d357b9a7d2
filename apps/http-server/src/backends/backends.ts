import type { Authenticator } from "@pr-review/auth";
import type { Companion, RateLimiter } from "@pr-review/rate-limiter";
import type { Keyring, TokenStore } from "@pr-review/token-store";
import type { Logger } from "pino";

import type { Metrics } from "../metrics.ts";
import type { ReadyChecks } from "../serve/ready-route.ts";
import type { SseRelay } from "../sse/relay.ts";

/** What the server keeps between requests. */
export interface Backends {
  readonly tokens: TokenStore;
  readonly authenticator: Authenticator;
  /** Absent when rate limits are off. */
  readonly limiter: RateLimiter | undefined;
  /** Where the limiter finds the version of a key's record, if it can look it up along the way. */
  readonly versionField: ((keyId: string) => Companion) | undefined;
  /** Reaches the streams of other instances; absent where there is only this one. */
  readonly sseRelay: SseRelay | undefined;
  /** What `/ready` tells of them. */
  readonly checks: ReadyChecks;
  /** Writes what is left to write, and lets go. */
  close(): Promise<void>;
}

/** What backends need beside the settings. */
export interface BackendServices {
  readonly keyring: Keyring;
  readonly log: Logger;
  readonly metrics: Metrics;
}
