import { TokenStoreError } from "../errors.ts";

/**
 * What is told when Redis could not be asked: `store-unavailable` with the first word of the reply (`OOM`,
 * `READONLY`) or the code of the socket (`ECONNREFUSED`). Nothing else of the error is kept, for it holds
 * the command with all its arguments.
 */
export function unavailable(name: string, error: unknown): TokenStoreError {
  return new TokenStoreError(
    "store-unavailable",
    `${name} is out of reach or refuses (${reasonOf(error)}). See to it that Redis runs and takes writes, ` +
      "then try again.",
  );
}

/** The reason of a command to which Redis has said nothing. */
export const noAnswer = "no answer";

/** The first word of a reply of Redis, the code of a socket error, or {@link noAnswer}. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return noAnswer;
  // After a colon where ioredis quotes it: "Ready check failed: NOAUTH ...".
  const [reply] = /(?<=^|: )[A-Z]{3,}(?= )/.exec(error.message) ?? [];
  const code = "code" in error ? error.code : undefined;
  return reply ?? (typeof code === "string" ? code : noAnswer);
}
