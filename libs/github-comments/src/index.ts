export type { AccessReport, Verdict } from "./access-check/access-report.ts";
export { checkAccess } from "./access-check/check-access.ts";
export { refusedAccess } from "./access-check/refused-access.ts";
export { type Identity, whoami } from "./access-check/whoami.ts";
export { type Credential, GitHubAccess } from "./connection/access.ts";
export type { Missing, MissingKind } from "./diagnose/missing.ts";
export { GitHubError, type GitHubErrorCode, type GitHubErrorOptions } from "./errors.ts";
export {
  answerFeed,
  type FeedAnswer,
  type FeedAnswerer,
  type FeedQuery,
} from "./feed/answer-feed.ts";
export {
  type Continuation,
  createCursorCodec,
  type CursorCodec,
  type CursorCodecOptions,
} from "./feed/cursor.ts";
export { dropStrangers, type Lockdown } from "./feed/lockdown.ts";
export { packThreads, type Packing } from "./feed/pack.ts";
export {
  type Cut,
  isWhole,
  type PackedComment,
  type PackedThread,
  wholeThread,
} from "./feed/packed.ts";
export { type Form, type Prices, pricesOf } from "./feed/price.ts";
export { type Count, type Omission, type Receipt, receiptOf } from "./feed/receipt.ts";
export { type Selection, selectThreads } from "./feed/select.ts";
export type { Feed, FeedPosition } from "./read/feed.ts";
export { FeedReader, type FeedReaderOptions, type FeedSource } from "./read/feed-reader.ts";
export type { ReadCost } from "./read/ledger.ts";
export { readFeed, type ReadRequest, type ReadWatch } from "./read/read-feed.ts";
export {
  type FoundThread,
  type FoundThreads,
  readThreadsById,
  type ThreadsRequest,
} from "./read/read-threads-by-id.ts";
export type { GitHubAnswer } from "./connection/github-answer.ts";
export type { GitHub, RequestOptions } from "./connection/github.ts";
export { GitHubPool, type GitHubSettings } from "./connection/pool.ts";
export type { RequestOutcome, RequestReport } from "./connection/request-report.ts";
export type { TokenKind } from "./connection/token-kind.ts";
export { type GitHubHost, type HostSettings, HostTable } from "./connection/hosts.ts";
export {
  parsePullRequest,
  parsePullRequestUrl,
  type PullRequestPointer,
  type PullRequestTarget,
} from "./pull-request/parse-pull-request.ts";
export { pullRequestUrl, type PullRequestRef } from "./pull-request/pull-request-ref.ts";
export type { GraphQLDocument } from "./queries/document.ts";
export { markdownForm, type MarkdownOptions, renderMarkdown } from "./render/markdown.ts";
export type { Removed, SafeText } from "./safe-text/removed.ts";
export { sanitise, type SanitiseOptions } from "./safe-text/sanitise.ts";
export { sanitiseCode } from "./safe-text/sanitise-code.ts";
export { sanitiseLine } from "./safe-text/sanitise-line.ts";
export { estimateTokens } from "./tokens/estimate-tokens.ts";
export {
  type PullRequestSearch,
  resolvePullRequest,
  type SelectStrategy,
} from "./pull-request/resolve-pull-request.ts";
export type {
  Anchor,
  AuthorType,
  ReviewComment,
  ReviewThread,
  ThreadKind,
  Trust,
} from "./review-thread.ts";
