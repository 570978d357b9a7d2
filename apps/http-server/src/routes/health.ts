import { Router } from "express";

import { openApiDocument } from "../openapi.ts";
import { version } from "../version.ts";

/** What anybody may ask: `/health`, whether the process is alive; `/`, what it is; `/openapi.json`. */
export function healthRoutes(): Router {
  const router = Router();
  const document = openApiDocument();
  router.get("/health", (_req, res) => {
    res.json({ status: "healthy", service: "github-pr-review-mcp", version });
  });
  router.get("/", (_req, res) => {
    res.json({
      service: "PR Review MCP",
      version,
      mode: "http",
      endpoints: {
        health: "/health",
        mcp: "/mcp",
        fetch_comments: "/api/fetch-comments",
        resolve_pr: "/api/resolve-pr",
        admin: "/admin/tokens",
        openapi: "/openapi.json",
      },
    });
  });
  router.get("/openapi.json", (_req, res) => {
    res.json(document);
  });
  return router;
}
