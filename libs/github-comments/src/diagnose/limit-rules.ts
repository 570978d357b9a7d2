import { isExhausted, retryAfterSeconds } from "../connection/retry-after.ts";
import type { Clues } from "./clues.ts";
import type { Finding, Rule } from "./rule.ts";

const limitWords = /(?:secondary|API) rate limit|rate limit exceeded|abuse detection/i;

/**
 * Limits GitHub names as such. GraphQL has two types for one thing and tells secondary limits by words
 * alone, also with 200 (GitHub docs: rate limits and query limits for the GraphQL API).
 */
export const limitRules: readonly Rule[] = [
  { answer: [429, "RATE_LIMITED", "RATE_LIMIT"], finding: wait },
  { words: limitWords, finding: wait },
  { answer: [403], holds: ({ headers }) => headers["retry-after"] !== undefined, finding: wait },
];

/** The last guess: these headers come with every answer, so they only speak where nothing else does. */
export const exhaustedRules: readonly Rule[] = [
  { answer: [403], holds: ({ headers }) => isExhausted(headers), finding: wait },
];

function wait({ headers, words, now }: Clues): Finding {
  const retryAfter = retryAfterSeconds(headers, now);
  const isSecondary = /secondary|abuse/i.test(words) || !isExhausted(headers);
  const what = isSecondary
    ? "GitHub wants this token to slow down."
    : "GitHub's rate limit for this token is used up.";
  const message = `${what} Try again in ${retryAfter} seconds.`;
  return { code: "github-rate-limited", message, retryAfter };
}
