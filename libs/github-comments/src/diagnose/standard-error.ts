import { GitHubError } from "../errors.ts";

/** What to do about the errors that need no details. */
export const standardWords = {
  "github-token-refused":
    "GitHub refused the token: it is wrong, expired or revoked. Use a new GitHub token.",
  "github-forbidden":
    "The GitHub token may not do this. Give it 'Pull requests: read' (fine-grained token or App) or the repo scope (classic token).",
  "not-found": "GitHub has no such pull request, or the token cannot see its repository.",
  "github-unavailable": "GitHub is not answering properly right now. Try again in a minute.",
  "bad-github-response": "GitHub answered something that cannot be used. Check the API address.",
} as const;

/** The error of that code in its standard words. */
export function standardError(
  code: keyof typeof standardWords,
  options: { readonly requestId?: string | undefined; readonly cause?: unknown } = {},
): GitHubError {
  return new GitHubError(code, standardWords[code], options);
}

/** The error for a used-up limit of GitHub; `retryAfter` is in seconds. */
export function rateLimited(retryAfter: number, requestId?: string): GitHubError {
  return new GitHubError(
    "github-rate-limited",
    `GitHub's rate limit for this token is used up. Try again in ${retryAfter} seconds.`,
    { retryAfter, requestId },
  );
}
