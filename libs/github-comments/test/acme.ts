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

import { type GitHub, GitHubPool, type GitHubSettings } from "../src/index.ts";

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
