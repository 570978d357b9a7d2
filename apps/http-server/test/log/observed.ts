import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";

import {
  Authenticator,
  createAdminGate,
  FailureLimiter,
  plainAdminToken,
  type Principal,
} from "@pr-review/auth";
import { candidateOf, requireAdmin, requireUser } from "@pr-review/auth/express";
import { FeedReader, GitHubAccess, GitHubPool } from "@pr-review/github-comments";
import {
  demoSeed,
  demoTokens,
  type GitHubDouble,
  startGitHubDouble,
} from "@pr-review/github-double";
import { hostTable, sharedContext } from "@pr-review/mcp-tools";
import { MemoryRateLimiter, type RateLimiter } from "@pr-review/rate-limiter";
import { limitRate } from "@pr-review/rate-limiter/express";
import { Keyring, MemoryRecordStorage, Seal, TokenStore } from "@pr-review/token-store";
import { MemoryUsageStorage, UsageLog } from "@pr-review/usage-log";
import express from "express";
import { onTestFinished } from "vitest";
import { z } from "zod";

import { answerProblems, noSuchRoute } from "../../src/answer-problems.ts";
import { loadConfig } from "../../src/config.ts";
import { passErrorsTo } from "../../src/express-errors.ts";
import { noteAdmin, noteKey, noteUser } from "../../src/log/callers.ts";
import { createLogger } from "../../src/log/logger.ts";
import { logRequests } from "../../src/log/requests.ts";
import { reportCalls } from "../../src/log/tool-calls.ts";
import { Metrics } from "../../src/metrics.ts";
import { guardMetrics } from "../../src/metrics/guard.ts";
import { commentRoute } from "../../src/routes/comments.ts";
import { metricsRoutes } from "../../src/routes/metrics.ts";
import { mountTools, toolCall } from "./tool-mount.ts";

export const adminToken = "admin-token-of-the-tests-0123456789";

const address = z.object({ port: z.number() });
const line = z.looseObject({ msg: z.string() });
type Line = z.infer<typeof line>;

/** A server with everything that watches it, and what was seen. */
export interface Observed {
  readonly url: string;
  readonly double: GitHubDouble;
  readonly metrics: Metrics;
  /** A key of Alice, and its public id. */
  readonly key: string;
  readonly keyId: string;
  /** The lines so far that say so. */
  readonly lines: (msg: "request" | "tool call") => readonly Line[];
  /** Calls a tool over MCP with Alice's key. */
  readonly callTool: (
    name: string,
    args: object,
    headers?: Record<string, string>,
  ) => Promise<Response>;
}

/** Starts the routes that users call, an admin route, and a double; all end with the test. */
export async function startObserved({
  limiter = new MemoryRateLimiter({ limit: 10_000 }),
}: { readonly limiter?: RateLimiter } = {}): Promise<Observed> {
  const double = await startGitHubDouble({ seed: demoSeed() });
  const { restUrl: GITHUB_API_URL, graphqlUrl: GITHUB_GRAPHQL_URL } = double;
  const config = loadConfig({ GITHUB_API_URL, GITHUB_GRAPHQL_URL });
  const metrics = new Metrics();
  const texts: string[] = [];
  const log = createLogger("info", { write: (text: string) => void texts.push(text) });
  const tokens = new TokenStore(new MemoryRecordStorage(), new Seal(Keyring.of(randomBytes(32))));
  const authenticator = new Authenticator(tokens, {
    failures: new FailureLimiter({ limit: 5_000 }),
  });
  const gate = createAdminGate([plainAdminToken(adminToken)]);
  const pool = new GitHubPool({ maxRetries: 0, onRequest: metrics.github.tried });
  const shared = {
    ...sharedContext(config, randomBytes(32)),
    feeds: new FeedReader({ onRead: metrics.github.read }),
  };
  const contextFor = ({ credential }: Pick<Principal, "credential">) => ({
    ...shared,
    github: new GitHubAccess(hostTable(config), [credential], pool),
  });

  const paths = ["/mcp", "/api/fetch-comments", "/metrics"];
  const app = express().disable("x-powered-by");
  app.use(logRequests(log, { metrics, paths }));
  app.use("/metrics", guardMetrics({ gate }));
  app.use(metricsRoutes(metrics));
  app.get("/admin/tokens/:key", requireAdmin(gate, "tokens:read"), noteAdmin, (_req, res) => {
    res.json({});
  });
  app.use(
    ["/api", "/mcp"],
    requireUser(authenticator),
    noteKey,
    limitRate({ limiter, keyOf: (_req, res) => candidateOf(res).keyId }),
    noteUser,
  );
  app.use(commentRoute({ contextFor }));
  const usage = new UsageLog(new MemoryUsageStorage());
  app.post("/mcp", mountTools({ contextFor, onCall: reportCalls({ log, metrics, usage }) }));
  app.use(noSuchRoute);
  app.use(passErrorsTo(answerProblems({ log, metrics })));

  const server = createServer(app).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = address.parse(server.address());
  const url = `http://127.0.0.1:${port}`;
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await Promise.all([pool.close(), double.close()]);
  });
  const grant = { githubToken: demoTokens.alice, githubHost: "github.com", userId: "alice" };
  const { key, record } = await tokens.issue(grant);
  return {
    url,
    double,
    metrics,
    key,
    keyId: record.id,
    lines: (msg) =>
      texts.map((text) => line.parse(JSON.parse(text))).filter((each) => each.msg === msg),
    callTool: (name, args, headers = {}) => {
      const call = toolCall(name, args);
      const all = { ...call.headers, authorization: `Bearer ${key}`, ...headers };
      return fetch(`${url}/mcp`, { method: "POST", headers: all, body: call.body });
    },
  };
}
