import { GitHubAccess, GitHubPool, HostTable } from "@pr-review/github-comments";
import {
  demoSeed,
  demoTokens,
  type GitHubDouble,
  type Seed,
  startGitHubDouble,
} from "@pr-review/github-double";
import { onTestFinished } from "vitest";

import type { ToolContext } from "../src/index.ts";

export const prUrl = "https://github.com/acme/widgets/pull/7";

/** A double that ends with the test, and the context of a caller who is Alice. */
export async function harness({
  seed = demoSeed(),
  ...context
}: Partial<ToolContext> & { readonly seed?: Seed } = {}): Promise<{
  readonly double: GitHubDouble;
  readonly context: ToolContext;
}> {
  const double = await startGitHubDouble({ seed });
  onTestFinished(() => double.close());
  const hosts = new HostTable({ apiUrl: double.restUrl, graphqlUrl: double.graphqlUrl });
  const credentials = [{ token: demoTokens.alice, host: "github.com" }];
  const pool = new GitHubPool({ maxRetries: 0 });
  onTestFinished(() => pool.close());
  const github = new GitHubAccess(hosts, credentials, pool);
  const limits = { perPage: 100, maxPages: 50, maxComments: 2_000 };
  return { double, context: { github, limits, ...context } };
}
