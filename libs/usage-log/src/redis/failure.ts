import { redisReason } from "@pr-review/durable/redis";

import { UsageError } from "../errors.ts";

/**
 * What is told when Redis could not be asked: `usage-unavailable` with one word of the reason;
 * `damaged-usage` when a script found what it cannot read. Nothing else of the error is kept, for it holds
 * the command with all its arguments.
 */
export function failure(name: string, key: string, error: unknown): UsageError {
  const reason = redisReason(error);
  if (reason === "DAMAGED" || reason === "WRONGTYPE") return damaged(name, key);
  return new UsageError(
    "usage-unavailable",
    `${name} is out of reach or refuses (${reason}). See to it that Redis runs and takes writes; counts are ` +
      "kept in memory until then.",
  );
}

/** The `damaged-usage` of a key. */
export function damaged(name: string, key: string): UsageError {
  return new UsageError(
    "damaged-usage",
    `What ${name} has at ${key} is damaged, or another release wrote it. Nothing was changed. Rename that ` +
      "key to count the day anew.",
  );
}
