import { Router } from "express";

import { openApiDocument } from "../openapi/document.ts";
import { version } from "../version.ts";

/** What anybody may ask: `/health`, whether the process is alive; `/openapi.json`, what it can do. */
export function healthRoutes(): Router {
  const router = Router();
  const document = openApiDocument();
  router.get("/health", (_req, res) => {
    res.json({ status: "healthy", service: "github-pr-review-mcp", version });
  });
  router.get("/openapi.json", (_req, res) => {
    res.json(document);
  });
  return router;
}
