import type { AuditEvent } from "@pr-review/audit-log";
import { adminOf } from "@pr-review/auth/express";
import { TokenStoreError } from "@pr-review/token-store";
import express, { type RequestHandler, Router } from "express";
import { z } from "zod";

import { jsonBody } from "../json-body.ts";
import { toKnownError } from "../known-error.ts";
import { requestIdOf } from "../log/request-id.ts";
import { audited, writeDown } from "./audited.ts";
import { type BulkRow, bulkRows } from "./bulk-rows.ts";
import { type CreateServices, createToken } from "./create-token.ts";
import type { AdminOptions } from "./options.ts";
import { parsed } from "./parsed.ts";
import { checkQuery } from "./tokens.ts";

/** How one row ended: `exists` when its reference or key was there before. */
interface RowResult {
  readonly line: number;
  readonly status: "created" | "exists" | "failed";
  readonly key_id: string | null;
  readonly mcp_key: string | null;
  readonly code: string | null;
  readonly detail: string | null;
}

/** What the query may hold. */
export const bulkQuery = checkQuery.extend({ dry_run: z.stringbool().default(false) });
const csv: RequestHandler = express.text({ type: "text/csv", limit: "1mb" });
/** Rows that are made at one time, so that GitHub is not asked a thousand questions at once. */
const atOnce = 8;

/** `POST /admin/tokens/bulk`: many keys at once; when a row is wrong, none. */
export function bulkRoutes(options: AdminOptions): Router {
  const router = Router();
  router.post(
    "/admin/tokens/bulk",
    ...options.admit("tokens:write"),
    csv,
    jsonBody,
    audited(options, "token.bulk-created", async (req, res) => {
      const { check, dry_run } = parsed(bulkQuery, req.query);
      const rows = bulkRows(req.body);
      const by = { actor: adminOf(res).name, requestId: requestIdOf(res) };
      const results = dry_run ? [] : await createAll(rows, { ...options, by }, { check });
      const count = (status: RowResult["status"]) =>
        results.filter((result) => result.status === status).length;
      const counts = {
        created: count("created"),
        exists: count("exists"),
        failed: count("failed"),
      };
      return {
        answer: { rows: rows.length, ...counts, results },
        details: { rows: rows.length, dry_run, ...counts },
      };
    }),
  );
  return router;
}

/** What rows are made with, and in whose name. */
interface BulkServices extends CreateServices, Pick<AdminOptions, "audit"> {
  readonly by: Pick<AuditEvent, "actor" | "requestId">;
}

async function createAll(
  rows: readonly BulkRow[],
  services: BulkServices,
  options: { readonly check: boolean },
): Promise<readonly RowResult[]> {
  const results: RowResult[] = [];
  for (let at = 0; at < rows.length; at += atOnce) {
    const batch = rows
      .slice(at, at + atOnce)
      .map(async (row) => createRow(row, services, options).catch(refused(row.line)));
    results.push(...(await Promise.all(batch)));
  }
  return results;
}

/** Each key is a record of the audit log, as one that is made alone. */
async function createRow(
  { line, grant }: BulkRow,
  services: BulkServices,
  options: { readonly check: boolean },
): Promise<RowResult> {
  const { audit, by, tokens } = services;
  const { key, record } = await createToken(grant, services, options);
  const { id: keyId, userId: target } = record;
  const event = { ...by, action: "token.created", keyId, target, outcome: "ok" };
  await writeDown(audit, event, async () => tokens.revoke(keyId));
  return made(line, key, keyId);
}

function made(line: number, mcp_key: string | null, key_id: string): RowResult {
  return { line, status: "created", key_id, mcp_key, code: null, detail: null };
}

const refused =
  (line: number) =>
  (error: unknown): RowResult => {
    const { code, message: detail } = toKnownError(error);
    const isThere = error instanceof TokenStoreError && error.code === "key-taken";
    const key_id = isThere ? (error.keyId ?? null) : null;
    return { line, status: isThere ? "exists" : "failed", key_id, mcp_key: null, code, detail };
  };
