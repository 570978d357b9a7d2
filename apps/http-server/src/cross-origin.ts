import { originValidation } from "@modelcontextprotocol/express";
import cors from "cors";
import type { RequestHandler } from "express";

/** The web pages that browsers are told to let in. */
export interface CorsOptions {
  /** Origins such as `https://app.example`, or `*`. */
  readonly origins: readonly string[];
  readonly withCredentials: boolean;
}

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

/**
 * Refuses pages of other hosts than these, and of other origins than CORS lets in, with 403; a request
 * without `Origin` is not from a page.
 */
export function guardOrigin(
  allowedHosts: readonly string[],
  { origins }: CorsOptions,
): RequestHandler {
  if (origins.includes("*")) return (_req, _res, next) => next();
  const named = origins.map((origin) => new URL(origin).hostname);
  return originValidation([...allowedHosts, ...named]);
}

/** Answers preflights and marks answers, before any key is asked for; nothing without origins. */
export function allowOrigins({ origins, withCredentials }: CorsOptions): RequestHandler {
  if (origins.length === 0) return (_req, _res, next) => next();
  return cors({
    origin: origins.includes("*") ? "*" : [...origins],
    credentials: withCredentials,
    exposedHeaders,
    maxAge: 600,
  });
}
