import { type Headers, isExhausted, retryAfterSeconds } from "./connection/retry-after.ts";
import { GitHubError, type GitHubErrorCode } from "./errors.ts";

/** What is known of an answer that is not a success. */
export interface HttpFailure {
  readonly status: number;
  readonly headers: Headers;
  /** GitHub's own words; read for what they mean, never passed on. */
  readonly message: string;
}

const limitWords = /secondary rate limit|abuse detection|api rate limit exceeded/i;

const advice = {
  "github-token-refused":
    "GitHub refused the token: it is wrong, expired or revoked. Use a new GitHub token.",
  "github-forbidden":
    "The GitHub token may not read this. It needs 'Pull requests: read' (fine-grained) or the repo scope (classic), and SSO authorisation where the organisation asks for it.",
  "not-found": "GitHub has no such pull request, or the token cannot see its repository.",
  "github-unavailable": "GitHub is not answering properly right now. Try again in a minute.",
  "bad-github-response": "GitHub answered something that cannot be used. Check the API address.",
} as const;

/** The error a failed HTTP answer of GitHub stands for; `now` is in milliseconds. */
export function httpError({ status, headers, message }: HttpFailure, now: number): GitHubError {
  const requestId = String(headers["x-github-request-id"] ?? "") || undefined;
  if (isRateLimit({ status, headers, message })) {
    return rateLimited(retryAfterSeconds(headers, now), requestId);
  }
  const code = codeOf(status);
  return new GitHubError(code, advice[code], { requestId });
}

/** The error for a used-up limit of GitHub; `retryAfter` is in seconds. */
export function rateLimited(retryAfter: number, requestId?: string): GitHubError {
  return new GitHubError(
    "github-rate-limited",
    `GitHub's rate limit for this token is used up. Try again in ${retryAfter} seconds.`,
    { retryAfter, requestId },
  );
}

/** The error of that code in its standard words. */
export function standardError(
  code: keyof typeof advice,
  options: { readonly requestId?: string | undefined; readonly cause?: unknown } = {},
): GitHubError {
  return new GitHubError(code, advice[code], options);
}

/** Reset headers come with every answer, so they alone do not make a 403 a rate limit. */
function isRateLimit({ status, headers, message }: HttpFailure): boolean {
  if (status === 429) return true;
  if (status !== 403) return false;
  return headers["retry-after"] !== undefined || isExhausted(headers) || limitWords.test(message);
}

function codeOf(status: number): keyof typeof advice & GitHubErrorCode {
  if (status === 401) return "github-token-refused";
  if (status === 403) return "github-forbidden";
  if (status === 404) return "not-found";
  return status >= 500 ? "github-unavailable" : "bad-github-response";
}
