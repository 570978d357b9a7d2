export { type Credential, GitHubAccess } from "./access.ts";
export { GitHubError, type GitHubErrorCode, type GitHubErrorOptions } from "./errors.ts";
export { type FetchOptions, fetchReviewThreads } from "./fetch-review-threads.ts";
export { connectGitHub, type GitHub, type GitHubAnswer, type GitHubSettings } from "./github.ts";
export { type GitHubHost, type HostSettings, HostTable } from "./hosts.ts";
export { parsePullRequestUrl, pullRequestUrl, type PullRequestRef } from "./pull-request.ts";
export type { GraphQLDocument } from "./queries/document.ts";
export { renderMarkdown } from "./render-markdown.ts";
export {
  type PullRequestSearch,
  resolvePullRequest,
  type SelectStrategy,
} from "./resolve-pull-request.ts";
export type { Anchor, ReviewComment, ReviewThread, ReviewThreads } from "./review-thread.ts";
