export { type Credential, GitHubAccess } from "./connection/access.ts";
export { GitHubError, type GitHubErrorCode, type GitHubErrorOptions } from "./errors.ts";
export { type FetchOptions, fetchReviewThreads } from "./fetch-review-threads.ts";
export type { GitHub, GitHubAnswer, RequestOptions } from "./connection/github.ts";
export { GitHubPool, type GitHubSettings } from "./connection/pool.ts";
export type { TokenKind } from "./connection/token-kind.ts";
export { type GitHubHost, type HostSettings, HostTable } from "./connection/hosts.ts";
export {
  parsePullRequest,
  parsePullRequestUrl,
  type PullRequestPointer,
  type PullRequestTarget,
} from "./parse-pull-request.ts";
export { pullRequestUrl, type PullRequestRef } from "./pull-request.ts";
export type { GraphQLDocument } from "./queries/document.ts";
export { renderMarkdown } from "./render-markdown.ts";
export {
  type PullRequestSearch,
  resolvePullRequest,
  type SelectStrategy,
} from "./resolve-pull-request.ts";
export type { Anchor, ReviewComment, ReviewThread, ReviewThreads } from "./review-thread.ts";
