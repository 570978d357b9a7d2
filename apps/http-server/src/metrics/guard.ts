import { createHash, timingSafeEqual } from "node:crypto";

import { type AdminGate, AuthError, readBearer } from "@pr-review/auth";
import type { RequestHandler } from "express";

import { isLocalCaller } from "./local-caller.ts";

/** Who may read the metrics. */
export interface MetricsGuardOptions {
  /** `MCP_METRICS_TOKEN`: opens `/metrics` and nothing else. */
  readonly token?: string | undefined;
  /** Decides about every other credential; needs `stats:read`. */
  readonly gate: AdminGate;
}

/**
 * Lets the metrics token pass, admins with `stats:read`, and, while there is no metrics token, callers
 * on this machine without any credential. Passes the `AuthError` of the gate on for anyone else; a wrong
 * token counts there as a failure of its address.
 */
export function guardMetrics({ token, gate }: MetricsGuardOptions): RequestHandler {
  const digest = token === undefined ? undefined : digestOf(token);
  return (req, _res, next) => {
    const header = req.get("authorization");
    const isOpen = digest === undefined && header === undefined && isLocalCaller(req);
    if (!isOpen && !holds(header, digest)) {
      gate(header, { address: req.ip ?? "", scope: "stats:read" });
    }
    next();
  };
}

/** Compares digests, which have one length, in constant time. */
function holds(header: string | undefined, digest: Buffer | undefined): boolean {
  if (digest === undefined || header === undefined) return false;
  const given = credentialIn(header);
  return given !== undefined && timingSafeEqual(digestOf(given), digest);
}

function credentialIn(header: string): string | undefined {
  try {
    return readBearer(header);
  } catch (error) {
    if (error instanceof AuthError) return undefined;
    throw error;
  }
}

function digestOf(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
