/**
 * What went wrong with a connection to Redis, in one word that is safe to log: the code of a Redis
 * reply (`WRONGPASS`), of the system (`ECONNREFUSED`) or of TLS, else `TIMEOUT`, `SILENT`, `CLOSED`,
 * `MAXCLIENTS`, `CERTIFICATE`, `NO_PRIMARY` or `UNKNOWN`.
 *
 * The errors of ioredis themselves are not: they carry the arguments of the command, passwords too.
 */
export function redisReason(error: unknown): string {
  if (!(error instanceof Error)) return "UNKNOWN";
  // A cluster of which no node answers tells of the last one it tried.
  if ("lastNodeError" in error && error.lastNodeError instanceof Error) {
    return redisReason(error.lastNodeError);
  }
  if ("code" in error && typeof error.code === "string") return error.code;
  // Sentinels that do not answer tell of the last one within their text, and ioredis quotes the first reply.
  const text = error.message.split(/Last error: |^Ready check failed: /).at(-1) ?? "";
  const phrase = phrases.find(([start]) => start.test(text));
  if (phrase !== undefined) return phrase[1];
  // Only the first words are certain to be written by a program and not by a user.
  return /^(?:[a-z]+ )?([A-Z][A-Z0-9_]{2,31})\b/.exec(text)?.[1] ?? "UNKNOWN";
}

const phrases: readonly (readonly [RegExp, string])[] = [
  [/^Command timed out|^timeout$/, "TIMEOUT"],
  [/^Socket timeout/, "SILENT"],
  [/^Connection is closed|^Stream isn't writeable|^Reached the max retries/, "CLOSED"],
  [/^None of startup nodes/, "CLOSED"],
  [/^ERR max number of clients/, "MAXCLIENTS"],
  [/certificate/, "CERTIFICATE"],
  [/^All sentinels are unreachable/, "NO_PRIMARY"],
];
