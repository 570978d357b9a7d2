import { setTimeout as wait } from "node:timers/promises";

import { type TokenStore, TokenStoreError } from "@pr-review/token-store";
import type { Logger } from "pino";

import type { Metrics } from "../metrics.ts";

/** What resealing reports to, and until when it goes on. */
export interface ResealServices {
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly signal: AbortSignal;
}

/** A store that is out of reach is tried again after so long. */
const pauseMs = 5_000;

/** Seals records anew that an older secret key has sealed, while the server serves; never throws. */
export async function resealInBackground(
  tokens: TokenStore,
  services: ResealServices,
): Promise<void> {
  while (!services.signal.aborted && !(await hasResealed(tokens, services))) {
    await wait(pauseMs, undefined, { signal: services.signal }).catch(() => undefined);
  }
}

/** Whether there is nothing to come back for. */
async function hasResealed(
  tokens: TokenStore,
  { log, metrics, signal }: ResealServices,
): Promise<boolean> {
  try {
    const { resealed, remaining } = await tokens.reseal({ signal });
    metrics.recordsToReseal.set(remaining);
    if (resealed + remaining > 0) log.info({ resealed, remaining }, "sealed with the current key");
    return true;
  } catch (error) {
    log.warn({ err: error }, "records cannot be sealed anew for now");
    return !(error instanceof TokenStoreError && error.code === "store-unavailable");
  }
}
