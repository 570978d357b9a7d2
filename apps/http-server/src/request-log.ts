import { randomUUID } from "node:crypto";

import type { RequestHandler } from "express";
import type { Logger } from "pino";

/** Gives each request an id, says it in `X-Request-Id`, and logs how the request ended. */
export function logRequests(log: Logger): RequestHandler {
  return (req, res, next) => {
    const started = performance.now();
    const request_id = randomUUID();
    const { method, path } = req;
    res.setHeader("X-Request-Id", request_id);
    res.once("close", () => {
      const duration_ms = Math.round(performance.now() - started);
      const status = res.writableFinished ? res.statusCode : 499;
      log.info({ request_id, method, path: withoutKeys(path), status, duration_ms }, "request");
    });
    next();
  };
}

/** A whole key is accepted in `DELETE /admin/tokens/{key}`; a log must not keep it. */
function withoutKeys(path: string): string {
  return path.replaceAll(/mcp_[\w-]+/g, "mcp_...");
}
