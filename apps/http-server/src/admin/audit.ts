import type { AuditProblemKind, AuditRecord, AuditVerdict } from "@pr-review/audit-log";
import { Router } from "express";
import { z } from "zod";

import type { AdminOptions } from "./options.ts";
import { parsed } from "./parsed.ts";

const place = z.coerce.number({ error: "must be a whole number" }).int().min(0);

/** What the query may hold. */
export const auditQuery = z.strictObject({
  after: place.optional(),
  before: place.optional(),
  limit: z.coerce.number().int().min(1).max(1_000, "must be 1 to 1000").default(100),
  actor: z.string().optional(),
  action: z.string().optional(),
  key_id: z.string().optional(),
  order: z.enum(["asc", "desc"], "must be asc or desc").default("desc"),
});

const words: Readonly<Record<AuditProblemKind, string>> = {
  altered: "its text or its place in the chain was altered",
  duplicated: "it is there more than once",
  foreign: "it belongs to another log",
  head: "no signed head vouches for it and what follows, so that nobody can tell how many there were",
  missing: "it is missing",
  reordered: "it is not in its place",
  "unknown-key": "it is signed with a key that this server does not have",
};

/** `/admin/audit`: who did what, and whether the log of it is whole. */
export function auditRoutes({ audit, admit }: AdminOptions): Router {
  const router = Router();
  router.get("/admin/audit", ...admit("audit:read"), async (req, res) => {
    const { key_id, order, ...rest } = parsed(auditQuery, req.query);
    const records = await audit.read({ ...rest, keyId: key_id, newestFirst: order === "desc" });
    const last = records.length === rest.limit ? records.at(-1) : undefined;
    res.json({ records: records.map(recordJson), next_cursor: last?.seq ?? null });
  });
  router.get("/admin/audit/verify", ...admit("audit:read"), async (_req, res) => {
    res.json(verdictJson(await audit.verify()));
  });
  return router;
}

function recordJson(record: AuditRecord): object {
  return {
    seq: record.seq,
    time: new Date(record.time).toISOString(),
    actor: record.actor,
    action: record.action,
    key_id: record.keyId ?? null,
    target: record.target ?? null,
    outcome: record.outcome,
    request_id: record.requestId ?? null,
    details: record.details ?? {},
    hash: record.hash,
  };
}

function verdictJson(verdict: AuditVerdict): object {
  if (verdict.ok) return { ...verdict, problem: null };
  const { kind, seq } = verdict;
  return { ok: false, problem: { kind, seq, message: `record ${seq}: ${words[kind]}` } };
}
