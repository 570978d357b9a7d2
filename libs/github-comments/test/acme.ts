import {
  demoTokens,
  generateSeed,
  type GenerateOptions,
  type GitHubDouble,
  type Seed,
  type SeedPullRequest,
  startGitHubDouble,
} from "@pr-review/github-double";
import { onTestFinished } from "vitest";

import {
  type Feed,
  type GitHub,
  GitHubPool,
  type GitHubSettings,
  readFeed,
  type ReadRequest,
  type ReadWatch,
} from "../src/index.ts";

/** The pull request every test reads. */
export const pullRequest = { host: "github.com", owner: "acme", repo: "widgets", number: 7 };

/** A double that ends with the test. */
export async function startDouble(
  options: Parameters<typeof startGitHubDouble>[0],
): Promise<GitHubDouble> {
  const github = await startGitHubDouble(options);
  onTestFinished(() => github.close());
  return github;
}

/** A connection to a double, Alice's unless told otherwise; it ends with the test. */
export function connect(
  github: GitHubDouble,
  settings: GitHubSettings = {},
  token: string = demoTokens.alice,
): GitHub {
  const { restUrl, graphqlUrl } = github;
  const server = { host: "github.com", restUrl, graphqlUrl };
  const pool = new GitHubPool({ maxRetries: 0, ...settings });
  onTestFinished(() => pool.close());
  return pool.connect(server, token);
}

/** A double with one generated pull request, and Alice's connection to it. */
export async function acme(
  options: GenerateOptions = {},
  settings: GitHubSettings = {},
): Promise<{
  readonly double: GitHubDouble;
  readonly github: GitHub;
  readonly pr: SeedPullRequest;
}> {
  const seed = generateSeed({ hunkLength: 40, ...options });
  const started = await startDouble({ seed });
  return { double: started, github: connect(started, settings), pr: storedIn(seed) };
}

/** The pull request that every test reads, as it is in a seed. */
export function storedIn(seed: Seed): SeedPullRequest {
  const prs = seed.repositories.flatMap(({ pullRequests }) => pullRequests);
  const pr = prs.find(({ number }) => number === pullRequest.number);
  if (pr === undefined) throw new Error("the seed has no pull request");
  return pr;
}

/** A read of everything, as far as the defaults of a server go. */
export const everything: ReadRequest = {
  kinds: ["review_comment"],
  hunks: true,
  perPage: 100,
  maxPages: 50,
  maxComments: 2_000,
  bothEnds: true,
  foldDetails: false,
  trustedHosts: ["github.com"],
};

/** Reads the pull request every test reads. */
export function read(
  github: GitHub,
  changes: Partial<ReadRequest> = {},
  watch: ReadWatch = {},
): Promise<Feed> {
  return readFeed(github, pullRequest, { ...everything, ...changes }, watch);
}
