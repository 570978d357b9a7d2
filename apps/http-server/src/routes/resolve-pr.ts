import { principalOf } from "@pr-review/auth/express";
import { resolveOpenPrUrl } from "@pr-review/mcp-tools";
import { Router } from "express";

import type { CallerContextFor } from "../caller.ts";
import { jsonBody } from "../json-body.ts";
import { abortWhenGone } from "./abort-when-gone.ts";

/** `POST /api/resolve-pr`: the open pull request of a branch, for clients that do not speak MCP. */
export function resolveRoutes(contextFor: CallerContextFor): Router {
  const router = Router();
  router.post("/api/resolve-pr", ...jsonBody, async (req, res) => {
    const context = { ...contextFor(principalOf(res)), signal: abortWhenGone(res) };
    const { structured } = await resolveOpenPrUrl.call(req.body, context);
    res.json({ success: true, data: structured, error: null });
  });
  return router;
}
