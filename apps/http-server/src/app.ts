import { hostHeaderValidation, originValidation } from "@modelcontextprotocol/express";
import type { AdminGate } from "@pr-review/auth";
import { requireAdmin } from "@pr-review/auth/express";
import type { HostTable } from "@pr-review/github-comments";
import type { TokenStore } from "@pr-review/token-store";
import express, { type Express } from "express";
import type { Logger } from "pino";

import { type AdmitOptions, admitUsers } from "./admit.ts";
import type { CallerContextFor } from "./caller.ts";
import { logRequests } from "./log/requests.ts";
import { answerProblems, isFault, noSuchRoute } from "./problems.ts";
import { adminRoutes } from "./routes/admin.ts";
import { commentRoutes } from "./routes/comments.ts";
import { healthRoutes } from "./routes/health.ts";
import { mcpRoutes } from "./routes/mcp.ts";
import { metricsRoutes } from "./routes/metrics.ts";

/** Everything the HTTP surface works with; it opens nothing itself. */
export interface AppOptions extends AdmitOptions {
  readonly tokens: TokenStore;
  readonly admin: AdminGate;
  readonly hosts: HostTable;
  readonly contextFor: CallerContextFor;
  readonly log: Logger;
  /** Host names the server answers to; absent allows any. */
  readonly allowedHosts?: readonly string[] | undefined;
  /** Hosts whose pages may call; a request without `Origin` is not from a page. */
  readonly allowedOrigins: readonly string[];
  /** How many proxies stand in front, and may be believed about a caller's address; none by default. */
  readonly trustedProxies?: number;
}

/** The routes, and what stands before them in which order. */
export function createApp(options: AppOptions): Express {
  const { tokens, admin, hosts, contextFor, log, metrics } = options;
  const { allowedHosts, allowedOrigins, trustedProxies = 0 } = options;
  const app = express().disable("x-powered-by").set("trust proxy", trustedProxies);
  app.use(logRequests(log));
  app.use(healthRoutes());
  if (allowedHosts !== undefined) app.use(hostHeaderValidation([...allowedHosts]));
  app.use(originValidation([...allowedOrigins]));

  app.use("/metrics", requireAdmin(admin, "stats:read"));
  app.use(metricsRoutes(metrics));
  app.use(adminRoutes({ tokens, hosts, admit: (scope) => requireAdmin(admin, scope) }));

  app.use(["/api", "/mcp"], ...admitUsers(options));
  app.use(commentRoutes(contextFor));
  app.use(
    mcpRoutes({
      contextFor,
      onCall: ({ principal: { keyId, userId }, cause, ...report }) => {
        const level = report.outcome === "internal-error" ? "error" : "info";
        const err = isFault(report.outcome) ? cause : undefined;
        log[level]({ ...report, key_id: keyId, user: userId, err }, "tool call");
      },
    }),
  );
  app.use(noSuchRoute);
  app.use(answerProblems({ log, metrics }));
  return app;
}
