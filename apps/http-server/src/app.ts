import { hostHeaderValidation, originValidation } from "@modelcontextprotocol/express";
import type { AdminGate } from "@pr-review/auth";
import { principalOf, requireAdmin, requireUser } from "@pr-review/auth/express";
import type { HostTable } from "@pr-review/github-comments";
import type { RateLimiter } from "@pr-review/rate-limiter";
import { limitRate } from "@pr-review/rate-limiter/express";
import type { TokenStore } from "@pr-review/token-store";
import express, { type Express, type RequestHandler } from "express";
import type { Logger } from "pino";

import type { CallerContextFor } from "./caller.ts";
import { answerProblems, noSuchRoute } from "./problems.ts";
import { logRequests } from "./request-log.ts";
import { adminRoutes } from "./routes/admin.ts";
import { commentRoutes } from "./routes/comments.ts";
import { healthRoutes } from "./routes/health.ts";
import { mcpRoutes } from "./routes/mcp.ts";

/** Everything the HTTP surface works with; it opens nothing itself. */
export interface AppOptions {
  readonly tokens: TokenStore;
  /** Absent when rate limits are off. */
  readonly limiter: RateLimiter | undefined;
  readonly admin: AdminGate;
  readonly hosts: HostTable;
  readonly contextFor: CallerContextFor;
  readonly log: Logger;
  /** Host names the server answers to; absent allows any. */
  readonly allowedHosts?: readonly string[] | undefined;
  /** Hosts whose pages may call; a request without `Origin` is not from a page. */
  readonly allowedOrigins: readonly string[];
}

/** The routes, and what stands before them in which order. */
export function createApp(options: AppOptions): Express {
  const { tokens, limiter, admin, hosts, contextFor, log, allowedHosts, allowedOrigins } = options;
  const app = express().disable("x-powered-by");
  app.use(logRequests(log));
  app.use(healthRoutes());
  if (allowedHosts !== undefined) app.use(hostHeaderValidation([...allowedHosts]));
  app.use(originValidation([...allowedOrigins]));

  app.use("/admin", requireAdmin(admin));
  app.use(adminRoutes({ tokens, hosts }));

  app.use(["/api", "/mcp"], requireUser(tokens), ...limits(limiter));
  app.use(commentRoutes(contextFor));
  app.use(
    mcpRoutes({
      contextFor,
      onCall: ({ principal: { keyId, userId }, cause, ...report }) => {
        const level = report.outcome === "internal-error" ? "error" : "info";
        log[level]({ ...report, key_id: keyId, user: userId, err: cause }, "tool call");
      },
    }),
  );
  app.use(noSuchRoute);
  app.use(answerProblems(log));
  return app;
}

function limits(limiter: RateLimiter | undefined): readonly RequestHandler[] {
  if (limiter === undefined) return [];
  return [limitRate({ limiter, keyOf: (_req, res) => principalOf(res).keyId })];
}
