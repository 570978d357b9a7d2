import { GitHubAccess, GitHubPool } from "@pr-review/github-comments";
import { demoSeed, type GitHubDouble, type SeedToken } from "@pr-review/github-double";
import { onTestFinished } from "vitest";

import type { ToolContext } from "../../src/index.ts";
import { harness } from "../harness.ts";

const token = "ghp_visitor00000000000000000000000000000";

/** The demo as somebody sees it whose token has these traits. */
export async function visit(
  facts: Partial<SeedToken>,
  as: string = token,
): Promise<{ readonly double: GitHubDouble; readonly context: ToolContext }> {
  const seed = demoSeed();
  seed.tokens[as] = { login: "vera", ...facts };
  const { double, context } = await harness({ seed });
  const pool = new GitHubPool({ maxRetries: 0 });
  onTestFinished(() => pool.close());
  const credentials = [{ token: as, host: "github.com" }];
  const github = new GitHubAccess(context.github.hosts, credentials, pool);
  return { double, context: { ...context, github } };
}
