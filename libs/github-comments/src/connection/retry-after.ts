/** Response headers as Octokit hands them over, names in lower case. */
export type Headers = Readonly<Record<string, string | number | undefined>>;

const secondaryWait = 60;

/**
 * Seconds to wait after a rate limit: `Retry-After` in seconds or as a date, else until the primary
 * limit resets, else the minute GitHub asks for (docs: best practices for using the REST API).
 */
export function retryAfterSeconds(headers: Headers, now: number): number {
  const header = String(headers["retry-after"] ?? "");
  if (/^\d+$/.test(header)) return Math.max(1, Number(header));
  const date = Date.parse(header);
  if (!Number.isNaN(date)) return secondsUntil(date, now);
  const reset = Number(headers["x-ratelimit-reset"]);
  if (isExhausted(headers) && reset > 0) return secondsUntil(reset * 1_000, now);
  return secondaryWait;
}

/** Whether the answer says that the primary limit is used up. */
export function isExhausted(headers: Headers): boolean {
  return String(headers["x-ratelimit-remaining"] ?? "") === "0";
}

function secondsUntil(time: number, now: number): number {
  return Math.max(1, Math.ceil((time - now) / 1_000));
}
