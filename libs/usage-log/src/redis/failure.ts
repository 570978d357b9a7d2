import { UsageError } from "../errors.ts";

/**
 * What is told when Redis could not be asked: `usage-unavailable` with the first word of the reply (`OOM`) or
 * the code of the socket (`ECONNREFUSED`); `damaged-usage` when a script found what it cannot read. Nothing
 * else of the error is kept, for it holds the command with all its arguments.
 */
export function failure(name: string, key: string, error: unknown): UsageError {
  const reason = reasonOf(error);
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

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return "no answer";
  // After a colon where ioredis quotes it: "Ready check failed: NOAUTH ...".
  const [word] = /(?<=^|: )[A-Z]{3,}(?= )/.exec(error.message) ?? [];
  const code = "code" in error ? error.code : undefined;
  return word ?? (typeof code === "string" ? code : "no answer");
}
