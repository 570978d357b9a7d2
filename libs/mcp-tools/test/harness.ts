import {
  createCursorCodec,
  FeedReader,
  GitHubAccess,
  GitHubPool,
  HostTable,
} from "@pr-review/github-comments";
import {
  demoSeed,
  demoTokens,
  type GitHubDouble,
  type Seed,
  startGitHubDouble,
} from "@pr-review/github-double";
import { onTestFinished } from "vitest";

import type { ToolContext } from "../src/index.ts";

/** The ceilings a server has unless told otherwise. */
export const limits = {
  perPage: 100,
  maxPages: 50,
  maxComments: 2_000,
  maxTokens: 1_000_000,
  deadlineMs: 60_000,
};

export const prUrl = "https://github.com/acme/widgets/pull/7";

/** A double that ends with the test, and the context of a caller who is Alice. */
export async function harness({
  seed = demoSeed(),
  cacheMs = 0,
  ...context
}: Partial<ToolContext> & { readonly seed?: Seed; readonly cacheMs?: number } = {}): Promise<{
  readonly double: GitHubDouble;
  readonly context: ToolContext;
  /** Ends it before the test does. */
  readonly end: () => Promise<void>;
}> {
  const double = await startGitHubDouble({ seed });
  const hosts = new HostTable({ apiUrl: double.restUrl, graphqlUrl: double.graphqlUrl });
  const credentials = [{ token: demoTokens.alice, host: "github.com" }];
  const pool = new GitHubPool({ maxRetries: 0 });
  const end = async () => {
    await pool.close();
    await double.close();
  };
  onTestFinished(end);
  const github = new GitHubAccess(hosts, credentials, pool);
  const shared = {
    limits,
    lockdown: "label" as const,
    feeds: new FeedReader({ ttlMs: cacheMs }),
    cursors: createCursorCodec(Buffer.alloc(32, "cursor")),
  };
  return { double, context: { github, ...shared, ...context }, end };
}
