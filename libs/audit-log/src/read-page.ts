import { type AuditRecord, parseRecord } from "./audit-record.ts";
import type { AuditRange, AuditStorage } from "./audit-storage.ts";

/** Which records a page shows, those of all of them that it names. */
export interface AuditQuery extends AuditRange {
  /** 100 unless told, 1,000 at most. */
  readonly limit?: number | undefined;
  readonly actor?: string | undefined;
  readonly action?: string | undefined;
  readonly keyId?: string | undefined;
}

/** Records at most in one page. */
const maxLimit = 1_000;

/** The first so many records that a query asks for; lines that are no records are passed over. */
export async function readPage(
  storage: AuditStorage,
  query: AuditQuery,
): Promise<readonly AuditRecord[]> {
  const limit = Math.min(query.limit ?? 100, maxLimit);
  const page: AuditRecord[] = [];
  if (limit < 1) return page;
  for await (const line of storage.read(query)) {
    const record = parseRecord(line);
    if (record === undefined || !isAskedFor(record, query)) continue;
    page.push(record);
    if (page.length >= limit) break;
  }
  return page;
}

function isAskedFor(record: AuditRecord, query: AuditQuery): boolean {
  const { after = 0, before = Infinity, actor, action, keyId } = query;
  return (
    record.seq > after &&
    record.seq < before &&
    (actor === undefined || record.actor === actor) &&
    (action === undefined || record.action === action) &&
    (keyId === undefined || record.keyId === keyId)
  );
}
