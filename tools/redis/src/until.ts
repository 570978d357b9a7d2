import { setTimeout as delay } from "node:timers/promises";

import { RedisRigError } from "./errors.ts";

const PATIENCE_MS = 60_000;
const PAUSE_MS = 100;

/**
 * Resolves when `condition` holds; a condition that rejects does not hold yet.
 *
 * Throws {@link RedisRigError} `redis-group-unready` after 60 s, saying that `what` did not come.
 */
export async function until(what: string, condition: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while (Date.now() < deadline) {
    if (await condition().catch(() => false)) return;
    await delay(PAUSE_MS);
  }
  throw new RedisRigError(
    "redis-group-unready",
    `After ${PATIENCE_MS / 1_000} s still not so: ${what}. Is the machine overloaded?`,
  );
}
