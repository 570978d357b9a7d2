import { Router } from "express";
import { z } from "zod";

import type { AdminOptions } from "./options.ts";
import { parsed } from "./parsed.ts";

/** What the query may hold. */
export const statusQuery = z.strictObject({
  probe: z.literal("github", "must be github").optional(),
});

/** `/admin/status`: how the server is, for operators and their `doctor`. */
export function statusRoutes({ status, tokens, admit }: AdminOptions): Router {
  const router = Router();
  router.get("/admin/status", ...admit("stats:read"), async (req, res) => {
    const { probe } = parsed(statusQuery, req.query);
    const { kind, name, redisVersion } = await status.storage();
    const reached = probe === "github" ? await status.reachGitHub() : [];
    const now = Date.now();
    res.json({
      service: "PR Review MCP",
      version: status.version,
      node: process.versions.node,
      now: new Date(now).toISOString(),
      started_at: new Date(status.startedAt).toISOString(),
      uptime_seconds: Math.round((now - status.startedAt) / 1_000),
      storage: { kind, name, redis_version: redisVersion ?? null },
      counts: {
        stored_keys: await tokens.count(),
        unreadable_records: tokens.unreadable,
        active_streams: status.activeStreams(),
      },
      limits: status.limits,
      github: reached.map(({ host, latencyMs }) => ({
        host,
        reachable: latencyMs !== undefined,
        latency_ms: latencyMs === undefined ? null : Math.round(latencyMs),
      })),
    });
  });
  return router;
}
