import { randomBytes } from "node:crypto";

import { AuditLog, MemoryAuditStorage } from "@pr-review/audit-log";
import { Authenticator, createAdminGate, FailureLimiter, plainAdminToken } from "@pr-review/auth";
import {
  demoSeed,
  demoTokens,
  type GitHubDouble,
  type GitHubDoubleOptions,
  startGitHubDouble,
} from "@pr-review/github-double";
import { githubPool, hostTable } from "@pr-review/mcp-tools";
import { MemoryRateLimiter } from "@pr-review/rate-limiter";
import { Keyring, MemoryRecordStorage, Seal, TokenStore } from "@pr-review/token-store";
import { MemoryUsageStorage, UsageLog } from "@pr-review/usage-log";
import { onTestFinished } from "vitest";
import { z } from "zod";

import { createTokenCheck } from "../src/admin/check-token.ts";
import { createStatus } from "../src/admin/status-source.ts";
import { type AppOptions, createApp } from "../src/app.ts";
import { createCallerContext } from "../src/caller.ts";
import { loadConfig } from "../src/config.ts";
import { createLogger } from "../src/log/logger.ts";
import { Metrics } from "../src/metrics.ts";
import { serve } from "../src/serve.ts";

export const adminToken = "admin-token-of-the-tests-0123456789";
export const prUrl = "https://github.com/acme/widgets/pull/7";

/** A server of ours on a real socket, the double it talks to, and everything it logged. */
export interface Harness {
  readonly url: string;
  readonly double: GitHubDouble;
  readonly tokens: TokenStore;
  readonly metrics: Metrics;
  /** An API key of Alice. */
  readonly key: string;
  readonly logged: () => string;
  /** Sends JSON with Alice's key, unless told otherwise. */
  readonly post: (
    path: string,
    body: unknown,
    headers?: Record<string, string>,
  ) => Promise<Response>;
}

/** Starts server and double; both end with the test. */
export async function harness({
  github = { seed: demoSeed() },
  env = {},
  ...options
}: Partial<AppOptions> & {
  readonly github?: GitHubDoubleOptions;
  readonly env?: Record<string, string>;
} = {}): Promise<Harness> {
  const double = await startGitHubDouble(github);
  const config = loadConfig({
    GITHUB_API_URL: double.restUrl,
    GITHUB_GRAPHQL_URL: double.graphqlUrl,
    HTTP_MAX_RETRIES: "0",
    ...env,
  });
  const hosts = hostTable(config);
  const pool = githubPool(config, "0.0.0");
  const lines: string[] = [];
  const seal = new Seal(Keyring.of(randomBytes(32)));
  const { tokens = new TokenStore(new MemoryRecordStorage(), seal), metrics = new Metrics() } =
    options;
  const usage = new UsageLog(new MemoryUsageStorage());
  const backends = {
    storage: async () => ({ kind: "memory", name: "memory", redisVersion: undefined }) as const,
  };
  const app = createApp({
    tokens,
    metrics,
    usage,
    audit: new AuditLog(new MemoryAuditStorage(), [{ id: "test", key: randomBytes(32) }]),
    checkToken: createTokenCheck(hosts, pool),
    status: createStatus(config, { backends, hosts, pool, activeStreams: () => 0 }),
    authenticator: new Authenticator(tokens, { failures: new FailureLimiter() }),
    limiter: new MemoryRateLimiter({ limit: 70 }),
    versionField: undefined,
    admin: createAdminGate([plainAdminToken(adminToken)]),
    hosts,
    contextFor: createCallerContext(config, { hosts, pool, cursorKeys: [randomBytes(32)] }),
    log: createLogger("trace", { write: (line: string) => void lines.push(line) }),
    allowedHosts: ["127.0.0.1", "localhost"],
    allowedOrigins: ["127.0.0.1", "localhost"],
    ...options,
  });
  const { server, url } = await serve(app, { host: "127.0.0.1", port: 0 });
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await pool.close();
    await double.close();
  });

  const grant = { githubToken: demoTokens.alice, githubHost: "github.com", userId: "alice" };
  const { key } = await tokens.issue(grant);
  return {
    url,
    double,
    tokens,
    metrics,
    key,
    logged: () => lines.join(""),
    post: (path, body, headers = {}) =>
      fetch(url + path, {
        method: "POST",
        headers: { authorization: `Bearer ${key}`, "content-type": "application/json", ...headers },
        body: typeof body === "string" ? body : JSON.stringify(body),
      }),
  };
}

const anyObject = z.looseObject({
  code: z.any().optional(),
  data: z.any().optional(),
  error: z.any().optional(),
  mcp_key: z.any().optional(),
  key_id: z.any().optional(),
  created_at: z.any().optional(),
});

/** The JSON object a response holds. */
export async function json(response: Response): Promise<z.infer<typeof anyObject>> {
  return anyObject.parse(await response.json());
}
