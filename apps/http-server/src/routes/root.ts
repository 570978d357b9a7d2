import type { AdminScope } from "@pr-review/auth";
import type { TokenStore } from "@pr-review/token-store";
import { type RequestHandler, Router } from "express";

import { version } from "../version.ts";

/** What the root route works on. */
export interface RootRouteOptions {
  readonly tokens: TokenStore;
  /** Streams that are open on this instance. */
  readonly activeStreams: () => number;
  /** Lets admins with that scope pass. */
  readonly admit: (scope: AdminScope) => RequestHandler[];
}

const endpoints = {
  health: "/health",
  ready: "/ready",
  mcp: "/mcp",
  fetch_comments: "/api/fetch-comments",
  resolve_pr: "/api/resolve-pr",
  admin: "/admin/tokens",
  openapi: "/openapi.json",
  docs: "/docs",
};

/** `/`: what the service is, for anybody; how much it holds, for whoever shows an admin token. */
export function rootRoutes({ tokens, activeStreams, admit }: RootRouteOptions): Router {
  const router = Router();
  const service = { service: "PR Review MCP", version, mode: "http", endpoints };
  router.get("/", (req, res, next) => {
    if (req.get("authorization") !== undefined) next();
    else res.json(service);
  });
  router.get("/", ...admit("stats:read"), async (_req, res) => {
    const counts = {
      stored_keys: await tokens.count(),
      unreadable_records: tokens.unreadable,
      active_streams: activeStreams(),
    };
    res.json({ ...service, counts });
  });
  return router;
}
