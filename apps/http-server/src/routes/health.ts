import { Router } from "express";

import { version } from "../version.ts";

/** `GET /health`: whether the process is alive. `GET /`: what it is and where things are. */
export function healthRoutes(): Router {
  const router = Router();
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
        admin: "/admin/tokens",
      },
    });
  });
  return router;
}
