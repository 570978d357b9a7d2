import { Router } from "express";

import type { Metrics } from "../metrics.ts";

/** `GET /metrics`: what the server counts, for Prometheus. */
export function metricsRoutes(metrics: Metrics): Router {
  const router = Router();
  router.get("/metrics", async (_req, res) => {
    const { type, body } = await metrics.text();
    res.set("Content-Type", type).set("Cache-Control", "no-store").send(body);
  });
  return router;
}
