import type { Authenticator } from "@pr-review/auth";
import type { Companion, RateLimiter } from "@pr-review/rate-limiter";
import type { Keyring, TokenStore } from "@pr-review/token-store";
import type { Logger } from "pino";

import type { Metrics } from "../metrics.ts";

/** What the server keeps between requests. */
export interface Backends {
  readonly tokens: TokenStore;
  readonly authenticator: Authenticator;
  /** Absent when rate limits are off. */
  readonly limiter: RateLimiter | undefined;
  /** Where the limiter finds the version of a key's record, if it can look it up along the way. */
  readonly versionField: ((keyId: string) => Companion) | undefined;
  /** Writes what is left to write, and lets go. */
  close(): Promise<void>;
}

/** What backends need beside the settings. */
export interface BackendServices {
  readonly keyring: Keyring;
  readonly log: Logger;
  readonly metrics: Metrics;
}
