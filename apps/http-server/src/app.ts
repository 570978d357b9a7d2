import { hostHeaderValidation } from "@modelcontextprotocol/express";
import type { AdminGate, AdminScope } from "@pr-review/auth";
import { requireAdmin } from "@pr-review/auth/express";
import express, { type Express } from "express";
import helmet from "helmet";
import type { Logger } from "pino";

import { type AdminOptions, adminRoutes } from "./admin/routes.ts";
import { type AdmitOptions, admitUsers } from "./admit.ts";
import { answerProblems, noSignIn, noSuchRoute } from "./answer-problems.ts";
import type { CallerContextFor } from "./caller.ts";
import { allowOrigins, type CorsOptions, guardOrigin } from "./cross-origin.ts";
import { noteAdmin, noteUser } from "./log/callers.ts";
import { logRequests } from "./log/requests.ts";
import { reportCalls } from "./log/tool-calls.ts";
import { countAuthFailures } from "./metrics/auth-failures.ts";
import { guardMetrics } from "./metrics/guard.ts";
import { commentRoutes } from "./routes/comments.ts";
import { docsRoutes } from "./routes/docs.ts";
import { healthRoutes } from "./routes/health.ts";
import { mcpRoutes } from "./routes/mcp.ts";
import { metricsRoutes } from "./routes/metrics.ts";
import { ownKeyRoutes } from "./routes/own-key.ts";
import { resolveRoutes } from "./routes/resolve-pr.ts";
import { rootRoutes } from "./routes/root.ts";
import { Readiness } from "./serve/readiness.ts";
import { type ReadyChecks, readyRoutes } from "./serve/ready-route.ts";
import { shedLoad } from "./serve/shed-load.ts";
import type { Sse } from "./sse/routes.ts";

/** Everything the HTTP surface works with; it opens nothing itself. */
export interface AppOptions extends AdmitOptions, Omit<AdminOptions, "admit"> {
  readonly admin: AdminGate;
  readonly contextFor: CallerContextFor;
  readonly log: Logger;
  /** Host names the server answers to; absent allows any. */
  readonly allowedHosts?: readonly string[] | undefined;
  /** Hosts whose pages may call without CORS; a request without `Origin` is not from a page. */
  readonly allowedOrigins: readonly string[];
  /** Nobody is let in by CORS without it. */
  readonly cors?: CorsOptions;
  /** How many proxies stand in front, and may be believed about a caller's address; none by default. */
  readonly trustedProxies?: number;
  /** Opens `/metrics`; without it only admins and this machine itself may look. */
  readonly metricsToken?: string | undefined;
  /** The transport of 2024-11-05; absent when it is off. */
  readonly sse?: Sse | undefined;
  readonly readiness?: Readiness;
  /** What `/ready` tells of the parts the server needs. */
  readonly checks?: ReadyChecks;
  /** How late the event loop runs, in ms; nothing is shed for it without. */
  readonly loopDelayMs?: () => number;
  /** Requests that may be waiting for their answer. */
  readonly maxInFlight?: number;
  /** Whether plain MCP calls bypass the SDK; they do unless told otherwise. */
  readonly hasHotPath?: boolean;
}

/** Paths of routes that are mounted as a whole, by which logs and metrics name them. */
const mounted = ["/mcp", "/sse", "/messages", "/metrics", "/api/fetch-comments", "/api/resolve-pr"];
const noCors: CorsOptions = { origins: [], withCredentials: false };

/** The routes, and what stands before them in which order. */
export function createApp(options: AppOptions): Express {
  const { tokens, admin, usage, contextFor, log, metrics } = options;
  const { allowedHosts, allowedOrigins, cors = noCors, trustedProxies = 0 } = options;
  const { readiness = new Readiness(), checks = {}, loopDelayMs = () => 0, maxInFlight } = options;
  const app = express().disable("x-powered-by").set("trust proxy", trustedProxies);
  app.use(logRequests(log, { metrics, paths: mounted }), helmet());
  app.use(healthRoutes());
  app.use(readyRoutes({ readiness, checks }));
  app.use(shedLoad({ loopDelayMs, ...(maxInFlight !== undefined && { maxInFlight }) }));
  if (allowedHosts !== undefined) app.use(hostHeaderValidation([...allowedHosts]));
  app.use(guardOrigin(allowedOrigins, cors));

  app.use(
    ["/api", "/mcp", "/sse", "/messages"],
    allowOrigins(cors),
    ...admitUsers(options),
    noteUser,
  );
  // What is asked most goes first: each router that a request passes by costs it as much as a lookup.
  const onCall = reportCalls({ log, metrics, usage });
  const { hasHotPath = true } = options;
  app.use(mcpRoutes({ contextFor, onCall, hasHotPath }));
  app.use(commentRoutes({ contextFor, onCall }));
  app.use(resolveRoutes({ contextFor, onCall }));
  if (options.sse !== undefined) app.use(options.sse.routes);
  app.use(ownKeyRoutes(options));

  app.use("/metrics", guardMetrics({ token: options.metricsToken, gate: admin }));
  app.use(metricsRoutes(metrics));
  app.use(docsRoutes());
  const admit = (scope: AdminScope) => [requireAdmin(admin, scope), noteAdmin];
  const activeStreams = () => options.sse?.activeStreams() ?? 0;
  app.use(rootRoutes({ tokens, activeStreams, admit }));
  app.use(adminRoutes({ ...options, admit }));
  app.post("/register", noSignIn);
  app.use(noSuchRoute);
  app.use(countAuthFailures(metrics), answerProblems({ log, metrics }));
  return app;
}
