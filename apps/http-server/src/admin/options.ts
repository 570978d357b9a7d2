import type { AdminScope } from "@pr-review/auth";
import type { UsageLog } from "@pr-review/usage-log";
import type { RequestHandler } from "express";

import type { AuditServices } from "./audited.ts";
import type { CreateServices } from "./create-token.ts";
import type { StatusSource } from "./status-source.ts";

/** What the admin routes work on. */
export interface AdminOptions extends AuditServices, CreateServices {
  readonly usage: UsageLog;
  readonly status: StatusSource;
  /** Lets admins with that scope pass. */
  readonly admit: (scope: AdminScope) => RequestHandler[];
}
