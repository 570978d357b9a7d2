export { realisticPullRequest } from "./demo-pull-request.ts";
export { demoSeed, demoTokens } from "./demo-seed.ts";
export { type GitHubDouble, type GitHubDoubleOptions, startGitHubDouble } from "./double.ts";
export type { Failure, Fault, FaultOccasion, FaultTarget } from "./faults.ts";
export { type GenerateOptions, generateSeed } from "./generate-seed.ts";
export type { LoggedRequest } from "./request-log.ts";
export type {
  AuthorAssociation,
  ReactionContent,
  Seed,
  SeedAuthor,
  SeedComment,
  SeedIssueComment,
  SeedPullRequest,
  SeedRemark,
  SeedRepository,
  SeedReview,
  SeedThread,
  SeedToken,
} from "./seed.ts";
