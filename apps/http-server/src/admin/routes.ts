import type { AuditLog } from "@pr-review/audit-log";
import type { AdminScope } from "@pr-review/auth";
import type { UsageLog } from "@pr-review/usage-log";
import { type RequestHandler, Router } from "express";

import { auditRoutes } from "./audit.ts";
import { bulkRoutes } from "./bulk.ts";
import type { CreateServices } from "./create-token.ts";
import { keyringRoutes } from "./keyring.ts";
import { recordRoutes } from "./records.ts";
import { type StatusSource, statusRoutes } from "./status.ts";
import { tokenRoutes } from "./tokens.ts";
import { usageRoutes } from "./usage.ts";

/** What the admin routes work on. */
export interface AdminOptions extends CreateServices {
  readonly audit: AuditLog;
  readonly usage: UsageLog;
  readonly status: StatusSource;
  /** Lets admins with that scope pass. */
  readonly admit: (scope: AdminScope) => RequestHandler[];
}

/** Everything under `/admin`: keys, bulk work, export, usage, audit, keyring, status. */
export function adminRoutes(options: AdminOptions): Router {
  const router = Router();
  router.use(bulkRoutes(options), tokenRoutes(options), recordRoutes(options));
  router.use(usageRoutes(options), auditRoutes(options));
  router.use(keyringRoutes(options), statusRoutes(options));
  return router;
}
