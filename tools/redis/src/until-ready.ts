import { setTimeout as delay } from "node:timers/promises";

import { RedisRigError } from "./errors.ts";
import type { Launch, LaunchOptions } from "./launch.ts";
import { ping } from "./ping.ts";

const PATIENCE_MS = 30_000;
const PAUSE_MS = 20;

/**
 * Resolves when this very server answers PING.
 *
 * Throws {@link RedisRigError} `redis-died`, with its log, when it ends first, or `redis-silent`
 * after 30 s.
 */
export async function untilReady(
  launch: Launch,
  { port, ca }: Pick<LaunchOptions, "port" | "ca">,
): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while (Date.now() < deadline) {
    const pong = await ping(port, { ca });
    if (launch.isOver()) throw diedOf(launch);
    if (pong !== undefined && isFrom(launch, pong.pid)) return;
    await Promise.race([delay(PAUSE_MS), launch.ended]);
  }
  throw new RedisRigError(
    "redis-silent",
    `Redis did not answer on port ${port} within ${PATIENCE_MS / 1_000} s. Its log: ${launch.log()}`,
  );
}

function isFrom(launch: Launch, pid: number | undefined): boolean {
  return pid === undefined || !launch.knowsItsPid || pid === launch.pid;
}

function diedOf(launch: Launch): RedisRigError {
  return new RedisRigError(
    "redis-died",
    `Redis ended before it was ready. Its log: ${launch.log()}`,
  );
}
