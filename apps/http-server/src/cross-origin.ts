import type { ServerResponse } from "node:http";

import { validateHostHeader, validateOriginHeader } from "@modelcontextprotocol/server";
import cors from "cors";

import { answerJson } from "./answer-json.ts";
import type { Handler } from "./pipeline/handler.ts";

/** The web pages that browsers are told to let in. */
export interface CorsOptions {
  /** Origins such as `https://app.example`, or `*`. */
  readonly origins: readonly string[];
  readonly withCredentials: boolean;
}

/** No page is let in. */
export const noCors: CorsOptions = { origins: [], withCredentials: false };

/** What a page may read of an answer. */
const exposedHeaders = [
  "Mcp-Session-Id",
  "RateLimit",
  "RateLimit-Policy",
  "Retry-After",
  "WWW-Authenticate",
  "X-RateLimit-Limit",
  "X-RateLimit-Remaining",
  "X-RateLimit-Reset",
  "X-Request-Id",
];

/** A name can come with any port; clients use a few. */
const mostKnown = 100;

/** Refuses requests that name another host than these, with 403. */
export function guardHost(allowedHosts: readonly string[]): Handler {
  const allowed = [...allowedHosts];
  // A header that was good before need not be taken apart again.
  const known = new Set<string>();
  return (req, res, next) => {
    const { host = "" } = req.headers;
    if (known.has(host)) return next();
    const checked = validateHostHeader(host, allowed);
    if (!checked.ok) return forbid(res, checked.message);
    if (known.size < mostKnown) known.add(host);
    return next();
  };
}

/**
 * Refuses pages of other hosts than these, and of other origins than CORS lets in, with 403; a request
 * without `Origin` is not from a page.
 */
export function guardOrigin(
  allowedHosts: readonly string[],
  { origins }: CorsOptions = noCors,
): Handler {
  if (origins.includes("*")) return (_req, _res, next) => next();
  const allowed = [...allowedHosts, ...origins.map((origin) => new URL(origin).hostname)];
  return (req, res, next) => {
    const checked = validateOriginHeader(req.headers.origin, allowed);
    return checked.ok ? next() : forbid(res, checked.message);
  };
}

/** Answers preflights and marks answers, before any key is asked for; nothing without origins. */
export function allowOrigins({ origins, withCredentials }: CorsOptions = noCors): Handler {
  if (origins.length === 0) return (_req, _res, next) => next();
  return cors({
    origin: origins.includes("*") ? "*" : [...origins],
    credentials: withCredentials,
    exposedHeaders,
    maxAge: 600,
  });
}

/** As the SDKs answer it: clients of MCP may be among those refused. */
function forbid(res: ServerResponse, message: string): void {
  res.statusCode = 403;
  answerJson(res, { jsonrpc: "2.0", error: { code: -32_000, message }, id: null });
}
