import { z } from "zod";

import type { AuditEvent } from "./audit-event.ts";

/** An event in its place in the chain. */
export interface AuditRecord extends AuditEvent {
  /** 1 for the first record ever, then without a gap. */
  readonly seq: number;
  /** In ms since the epoch. */
  readonly time: number;
  /** The seq of the first record that was written in one go with this one. */
  readonly batch: number;
  /** Chance, so that no two records are the same even if they tell the same of the same moment. */
  readonly nonce: string;
  /** The id of the key that signed it. */
  readonly signedBy: string;
  /** The hash of the record before; 64 zeros in the first. */
  readonly previous: string;
  /** HMAC-SHA-256 of everything else, in hex. */
  readonly hash: string;
}

/** The action of the record that says which records were let go. */
export const trimmedAction = "audit.trimmed";

const seq = z.int().positive();
const detail = z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())]);
const record = z.strictObject({
  seq,
  time: z.number(),
  batch: seq,
  nonce: z.string(),
  signedBy: z.string(),
  previous: z.string(),
  hash: z.string(),
  actor: z.string(),
  keyId: z.string().optional(),
  action: z.string(),
  target: z.string().optional(),
  outcome: z.string(),
  requestId: z.string().optional(),
  details: z.record(z.string(), detail).optional(),
});
const anyWithSeq = z.looseObject({ seq: seq.or(z.literal(0)) });
const trimming = z.object({
  action: z.literal(trimmedAction),
  details: z.object({ firstKept: seq }),
});

/** The record that a line holds, whoever wrote it; `undefined` for anything else. */
export function parseRecord(line: string): AuditRecord | undefined {
  return record.safeParse(parseJson(line)).data;
}

/** The place that a line of the log claims; `undefined` when it is no line of a log. */
export function seqOf(line: string): number | undefined {
  return anyWithSeq.safeParse(parseJson(line)).data?.seq;
}

/** The first seq that is kept from this record on; `undefined` where nothing was let go. */
export function firstKeptBy(event: AuditEvent): number | undefined {
  return trimming.safeParse(event).data?.details.firstKept;
}

/** What a JSON text says; `undefined` when it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
