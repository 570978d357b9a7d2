import type { Verdict } from "./rate-limiter.ts";

/** A verdict that admits; `resetAt` is when `remaining` next rises, in ms since the epoch. */
export function admitted(limit: number, remaining: number, resetAt: number): Verdict {
  return { allowed: true, limit, remaining, resetAt, retryAfter: 0 };
}

/** A verdict that denies until `resetAt`; both times in ms since the epoch. */
export function denied(limit: number, resetAt: number, now: number): Verdict {
  const retryAfter = Math.max(1, Math.ceil((resetAt - now) / 1_000));
  return { allowed: false, limit, remaining: 0, resetAt, retryAfter };
}
