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
      log.info({ request_id, method, path: withoutSecrets(path), status, duration_ms }, "request");
    });
    next();
  };
}

/** What our own paths are made of: words, and the public ids of keys. */
const ours = /^(?:[a-z-]{0,16}|[0-9A-Za-z]{10})$/;

/** A whole key is accepted in `DELETE /admin/tokens/{key}`, and people paste anything; a log must not keep it. */
function withoutSecrets(path: string): string {
  const parts = path.split("/").map((part) => {
    if (ours.test(part)) return part;
    return part.startsWith("mcp_") ? "mcp_..." : "...";
  });
  return parts.join("/");
}
