import { Router } from "express";

import { auditRoutes } from "./audit.ts";
import { bulkRoutes } from "./bulk.ts";
import { keyringRoutes } from "./keyring.ts";
import type { AdminOptions } from "./options.ts";
import { recordRoutes } from "./records.ts";
import { statusRoutes } from "./status.ts";
import { tokenRoutes } from "./tokens.ts";
import { usageRoutes } from "./usage.ts";

/** Everything under `/admin`: keys, bulk work, export, usage, audit, keyring, status. */
export function adminRoutes(options: AdminOptions): Router {
  const router = Router();
  router.use(bulkRoutes(options), tokenRoutes(options), recordRoutes(options));
  router.use(usageRoutes(options), auditRoutes(options));
  router.use(keyringRoutes(options), statusRoutes(options));
  return router;
}
