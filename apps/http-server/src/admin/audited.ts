import type { AuditEvent, AuditLog } from "@pr-review/audit-log";
import { adminOf } from "@pr-review/auth/express";
import type { Request, RequestHandler, Response } from "express";

import { codeOf } from "../known-error.ts";
import { requestIdOf } from "../log/request-id.ts";
import type { Metrics } from "../metrics.ts";

/** What an action came to. */
export interface Done extends Pick<AuditEvent, "keyId" | "target" | "details"> {
  /** An object is sent as JSON, a text as lines of JSON. */
  readonly answer: object | string;
  /** Takes the action back when it cannot be written to the audit log. */
  readonly undo?: () => Promise<unknown>;
}

/** One thing that an admin does. */
export type Work = (req: Request, res: Response) => Promise<Done>;

/** The name of the admin a request acts for. */
const adminName = (res: Response): string => adminOf(res).name;

/** Where actions are written down, and where it is counted that a refused one could not be. */
export interface AuditServices {
  readonly audit: AuditLog;
  readonly metrics: Metrics;
}

/** How an action is written down. */
export interface AuditedOptions {
  /** Who does it: the admin of the request unless told. */
  readonly actorOf?: (res: Response) => string;
  /** Whether it is done even while the audit log cannot be written: nobody should have to wait to revoke. */
  readonly isUrgent?: boolean;
}

/**
 * Does something an admin asks for and answers once the audit log has it; a refusal is written there, too, or
 * counted if it cannot be. Passes on `audit-unavailable` and `audit-damaged`: before anything is done if that is
 * known by then, and afterwards if the log fails in between.
 */
export function audited(
  { audit, metrics }: AuditServices,
  action: string,
  work: Work,
  { actorOf = adminName, isUrgent = false }: AuditedOptions = {},
): RequestHandler {
  return async (req, res) => {
    // Before anything is done: a change that cannot be written down should not happen.
    if (!isUrgent) await audit.ready();
    const event = { actor: actorOf(res), action, requestId: requestIdOf(res) };
    const { answer, undo, ...facts } = await work(req, res).catch(async (error: unknown) => {
      const outcome = codeOf(error);
      // What was refused changed nothing, so it may go unrecorded rather than hide why it was refused.
      await audit.append({ ...event, outcome }).catch(() => metrics.ledgers.auditFailed());
      throw error;
    });
    await writeDown(audit, { ...event, ...facts, outcome: "ok" }, undo);
    res.set("Cache-Control", "no-store");
    if (typeof answer === "string") res.type("application/x-ndjson").send(answer);
    else res.json(answer);
  };
}

/** Writes down what was done; what cannot be is taken back, where that is possible, and the error thrown. */
export async function writeDown(
  audit: AuditLog,
  event: AuditEvent,
  undo?: () => Promise<unknown>,
): Promise<void> {
  try {
    await audit.append(event);
  } catch (error) {
    await undo?.();
    throw error;
  }
}
