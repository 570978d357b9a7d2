import type { Missing } from "./diagnose/missing.ts";

/** What went wrong with GitHub or the request for it, in a word that never changes. */
export type GitHubErrorCode =
  | "invalid-pr-url"
  | "host-not-allowed"
  | "missing-token"
  | "github-token-refused"
  | "github-forbidden"
  | "not-found"
  | "no-open-pr"
  | "github-rate-limited"
  | "github-timeout"
  | "github-unavailable"
  | "bad-github-response"
  | "invalid-cursor";

/** Details that go with a `GitHubError`. */
export interface GitHubErrorOptions extends ErrorOptions {
  /** Seconds until trying again makes sense; known for `github-rate-limited` only. */
  readonly retryAfter?: number | undefined;
  /** GitHub's `X-GitHub-Request-Id`, for a support request. */
  readonly requestId?: string | undefined;
  /** The one thing that would have let the request through; known for refusals. */
  readonly missing?: Missing | undefined;
}

/**
 * Reading GitHub failed. The message is ours, says what to do next, and holds no token and
 * nothing that GitHub or a stranger wrote, but GitHub's own sign-on address.
 */
export class GitHubError extends Error {
  override readonly name = "GitHubError";
  readonly code: GitHubErrorCode;
  readonly retryAfter: number | undefined;
  readonly requestId: string | undefined;
  readonly missing: Missing | undefined;

  constructor(
    code: GitHubErrorCode,
    message: string,
    { retryAfter, requestId, missing, ...options }: GitHubErrorOptions = {},
  ) {
    super(message, options);
    this.code = code;
    this.retryAfter = retryAfter;
    this.requestId = requestId;
    this.missing = missing;
  }
}
