import type { Logger } from "pino";

import type { Metrics } from "../metrics.ts";
import type { Handler } from "../pipeline/handler.ts";
import { pathOf } from "../pipeline/place.ts";
import { factsOf } from "./request-facts.ts";
import { requestIdFrom } from "./request-id.ts";
import { routeOf } from "./route.ts";
import { traceIdIn } from "./trace-context.ts";

/** What goes with the log of requests. */
export interface RequestLogOptions {
  /** Counts what is logged. */
  readonly metrics?: Metrics | undefined;
  /** Paths that a request can be refused at before it reaches their route. */
  readonly paths?: readonly string[];
  /** Milliseconds of a clock that is never set back. */
  readonly elapsed?: () => number;
}

/**
 * Gives each request an id, the one it came with or a new one, says it in `X-Request-Id`, and logs how the
 * request ended in one line, under the trace that a valid `traceparent` names.
 */
export function logRequests(
  log: Logger,
  { metrics, paths = [], elapsed = () => performance.now() }: RequestLogOptions = {},
): Handler {
  const known = new Set(paths);
  return (req, res, next) => {
    const started = elapsed();
    const request_id = requestIdFrom(oneOf(req.headers["x-request-id"]));
    const trace_id = traceIdIn(oneOf(req.headers["traceparent"]));
    const { method = "" } = req;
    const path = pathOf(req);
    res.setHeader("X-Request-Id", request_id);
    res.once("close", () => {
      const durationMs = elapsed() - started;
      const status = res.writableFinished ? res.statusCode : 499;
      const route = routeOf(req, path, known);
      metrics?.requests.ended({ route, method, status, durationMs });
      const { key_id, user, admin, tool, outcome } = factsOf(res);
      log.info(
        {
          request_id,
          method,
          route,
          path: route === path ? undefined : withoutSecrets(path),
          status,
          duration_ms: Math.round(durationMs),
          trace_id,
          key_id,
          user,
          admin,
          tool,
          outcome,
        },
        "request",
      );
    });
    next();
  };
}

/** Node joins headers that are repeated, but for those types allow a list. */
function oneOf(header: string | string[] | undefined): string | undefined {
  return typeof header === "string" ? header : undefined;
}

/** What our own paths are made of. */
const word = /^[a-z-]{0,16}$/;
/** The one place for the public id of a key: anywhere else, what looks like one may be part of a secret. */
const pathOfKey = /^\/admin\/tokens\/[0-9A-Za-z]{10}(?:\/[a-z-]{1,16})?$/;

/** A whole key is accepted in `DELETE /admin/tokens/{key}`, and people paste anything; a log must not keep it. */
function withoutSecrets(path: string): string {
  if (pathOfKey.test(path)) return path;
  const parts = path.split("/").map((part) => {
    if (word.test(part)) return part;
    return part.startsWith("mcp_") ? "mcp_..." : "...";
  });
  return parts.join("/");
}
