import type { Keyring } from "@pr-review/token-store";
import type { Logger } from "pino";

import type { Metrics } from "../metrics.ts";

/** What backends need beside the settings. */
export interface BackendServices {
  readonly keyring: Keyring;
  readonly log: Logger;
  readonly metrics: Metrics;
}
