import type { RequestListener } from "node:http";

import type { AdminGate, AdminScope } from "@pr-review/auth";
import { requireAdmin } from "@pr-review/auth/express";
import express, { type Express } from "express";
import type { Logger } from "pino";

import type { AdminOptions } from "./admin/options.ts";
import { adminRoutes } from "./admin/routes.ts";
import { type AdmitOptions, admitUsers } from "./admit.ts";
import { type AnswerError, answerProblems, noSignIn, noSuchRoute } from "./answer-problems.ts";
import type { CallerContextFor } from "./caller.ts";
import { allowOrigins, type CorsOptions, guardHost, guardOrigin } from "./cross-origin.ts";
import { passErrorsTo } from "./express-errors.ts";
import { noteAdmin, noteUser } from "./log/callers.ts";
import { logRequests } from "./log/requests.ts";
import { reportCalls } from "./log/tool-calls.ts";
import { guardMetrics } from "./metrics/guard.ts";
import { underPath } from "./pipeline/base-path.ts";
import { inTurn } from "./pipeline/in-turn.ts";
import { below } from "./pipeline/place.ts";
import { commentRoute } from "./routes/comments.ts";
import { docsRoutes } from "./routes/docs.ts";
import { healthRoutes } from "./routes/health.ts";
import { mcpRoute } from "./routes/mcp.ts";
import { metricsRoutes } from "./routes/metrics.ts";
import { ownKeyRoutes } from "./routes/own-key.ts";
import { resolveRoute } from "./routes/resolve-pr.ts";
import { rootRoutes } from "./routes/root.ts";
import { secureHeaders } from "./secure-headers.ts";
import { Readiness } from "./serve/readiness.ts";
import { type ReadyChecks, readyRoute } from "./serve/ready-route.ts";
import { shedLoad } from "./serve/shed-load.ts";
import type { Sse } from "./sse/routes.ts";

/** Everything the HTTP surface works with; it opens nothing itself. */
export interface AppOptions extends AdmitOptions, Omit<AdminOptions, "admit"> {
  readonly admin: AdminGate;
  readonly contextFor: CallerContextFor;
  readonly log: Logger;
  /** Serves everything under this path too, such as `/pr-review`. */
  readonly basePath?: string | undefined;
  /** Host names the server answers to; absent allows any. */
  readonly allowedHosts?: readonly string[] | undefined;
  /** Hosts whose pages may call without CORS; a request without `Origin` is not from a page. */
  readonly allowedOrigins: readonly string[];
  /** Nobody is let in by CORS without it. */
  readonly cors?: CorsOptions;
  /** Opens `/metrics`; without it only admins and this machine itself may look. */
  readonly metricsToken?: string | undefined;
  /** The transport of 2024-11-05; absent when it is off. */
  readonly sse?: Sse | undefined;
  readonly readiness?: Readiness;
  /** What `/ready` tells of the parts the server needs. */
  readonly checks?: ReadyChecks;
  /** How late the event loop is, in ms; nothing is shed for it without. */
  readonly loopDelayMs?: () => number;
  /** Requests that may be waiting for their answer. */
  readonly maxInFlight?: number;
  /** Whether plain MCP calls bypass the SDK; they do unless told otherwise. */
  readonly hasHotPath?: boolean;
}

/** Paths of routes that callers can be refused at before they reach them, by which logs and metrics name them. */
const mounted = ["/mcp", "/sse", "/messages", "/metrics", "/api/fetch-comments", "/api/resolve-pr"];
/** What callers with a key may ask. */
const forUsers = ["/api", "/mcp", "/sse", "/messages"];

/**
 * What stands before every route, in which order, and the tools. What agents ask most is answered here,
 * on Node's own request and response; only the rest goes through Express, which costs several times as much.
 */
export function createApp(options: AppOptions): RequestListener {
  const { basePath, usage, contextFor, log, metrics, maxInFlight } = options;
  const { allowedHosts, allowedOrigins, cors, hasHotPath = true } = options;
  const { readiness = new Readiness(), checks = {}, loopDelayMs = () => 0 } = options;
  const onCall = reportCalls({ log, metrics, usage });
  const answerError = answerProblems({ log, metrics });
  const way = inTurn(
    ...(basePath === undefined ? [] : [underPath(basePath)]),
    logRequests(log, { metrics, paths: mounted }),
    secureHeaders(),
    healthRoutes(),
    readyRoute({ readiness, checks }),
    shedLoad({ loopDelayMs, ...(maxInFlight !== undefined && { maxInFlight }) }),
    ...(allowedHosts === undefined ? [] : [guardHost(allowedHosts)]),
    guardOrigin(allowedOrigins, cors),
    below(forUsers, inTurn(allowOrigins(cors), ...admitUsers(options), noteUser)),
    mcpRoute({ contextFor, onCall, hasHotPath }),
    commentRoute({ contextFor, onCall }),
    resolveRoute({ contextFor, onCall }),
    createExpress(options, answerError),
  );
  return (req, res) => {
    void way(req, res, (error) => answerError(error, res));
  };
}

/** Every other route. */
function createExpress(options: AppOptions, answerError: AnswerError): Express {
  const { tokens, admin, metrics, sse, metricsToken, trustedProxies = 0 } = options;
  const app = express().disable("x-powered-by").set("trust proxy", trustedProxies);
  if (sse !== undefined) app.use(sse.routes);
  app.use(ownKeyRoutes(options));
  app.use("/metrics", guardMetrics({ token: metricsToken, gate: admin }));
  app.use(metricsRoutes(metrics));
  app.use(docsRoutes());
  const admit = (scope: AdminScope) => [requireAdmin(admin, scope), noteAdmin];
  app.use(rootRoutes({ tokens, activeStreams: () => sse?.activeStreams() ?? 0, admit }));
  app.use(adminRoutes({ ...options, admit }));
  app.post("/register", noSignIn);
  app.use(noSuchRoute);
  app.use(passErrorsTo(answerError));
  return app;
}
