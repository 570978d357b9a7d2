import { principalOf } from "@pr-review/auth/express";
import { reportCall, resolveOpenPrUrl } from "@pr-review/mcp-tools";
import { Router } from "express";

import { jsonBody } from "../json-body.ts";
import { abortWhenGone } from "./abort-when-gone.ts";
import type { ToolRouteOptions } from "./comments.ts";

/** `POST /api/resolve-pr`: the open pull request of a branch, for clients that do not speak MCP. */
export function resolveRoutes({ contextFor, onCall }: ToolRouteOptions): Router {
  const router = Router();
  router.post("/api/resolve-pr", ...jsonBody, async (req, res) => {
    const principal = principalOf(res);
    const context = { ...contextFor(principal), signal: abortWhenGone(res) };
    const { structured } = await reportCall(resolveOpenPrUrl, req.body, context, (report) =>
      onCall?.({ ...report, principal, res }),
    );
    res.json({ success: true, data: structured, error: null });
  });
  return router;
}
