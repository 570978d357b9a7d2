import type { AuditEvent, AuditLog } from "@pr-review/audit-log";
import { adminOf } from "@pr-review/auth/express";
import type { Request, RequestHandler, Response } from "express";

import { codeOf } from "../known-error.ts";
import { requestIdOf } from "../log/request-id.ts";

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

/**
 * Does something an admin asks for, or whoever `actorOf` names, and answers once the audit log has it: a refusal is written there too.
 * Passes the log's `audit-unavailable` on when it could not be written.
 */
export function audited(
  audit: AuditLog,
  action: string,
  work: Work,
  actorOf = adminName,
): RequestHandler {
  return async (req, res) => {
    const event = { actor: actorOf(res), action, requestId: requestIdOf(res) };
    const { answer, undo, ...facts } = await work(req, res).catch(async (error: unknown) => {
      const outcome = codeOf(error);
      // What was refused changed nothing, so it may go unrecorded rather than hide why it was refused.
      await audit.append({ ...event, outcome }).catch(() => undefined);
      throw error;
    });
    try {
      await audit.append({ ...event, ...facts, outcome: "ok" });
    } catch (error) {
      await undo?.();
      throw error;
    }
    res.set("Cache-Control", "no-store");
    if (typeof answer === "string") res.type("application/x-ndjson").send(answer);
    else res.json(answer);
  };
}
