import { randomBytes } from "node:crypto";

import type { AuditEvent } from "./audit-event.ts";
import { type AuditRecord, parseRecord } from "./audit-record.ts";
import type { AuditBatch } from "./audit-storage.ts";
import { advance, type Head } from "./head.ts";
import { signLine } from "./signed-line.ts";
import type { SigningKeys } from "./signing-keys.ts";

/** An event, and when it was. */
export interface TimedEvent {
  readonly event: AuditEvent;
  /** In ms since the epoch. */
  readonly time: number;
}

/** Events that have become the end of a chain. */
export interface Chained {
  readonly records: readonly AuditRecord[];
  readonly lines: AuditBatch["lines"];
  readonly head: Head;
}

/** Chains events to a head, all as one batch. */
export function chain(before: Head, events: readonly TimedEvent[], keys: SigningKeys): Chained {
  const records: AuditRecord[] = [];
  const lines: { seq: number; text: string }[] = [];
  let head = before;
  for (const { event, time } of events) {
    const place = { seq: head.seq + 1, batch: before.seq + 1, previous: head.last, time };
    const nonce = randomBytes(9).toString("base64url");
    const text = signLine("record", { ...event, ...place, nonce }, keys);
    const record = parseRecord(text);
    if (record === undefined) throw new TypeError("The event is not of the type AuditEvent.");
    records.push(record);
    lines.push({ seq: record.seq, text });
    head = advance(head, record);
  }
  return { records, lines, head };
}
