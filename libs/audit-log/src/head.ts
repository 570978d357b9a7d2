import { z } from "zod";

import { type AuditRecord, firstKeptBy, parseJson } from "./audit-record.ts";
import { openLine, signLine } from "./signed-line.ts";
import type { SigningKeys } from "./signing-keys.ts";

/** Where a chain ends and where it may begin; kept apart from the records, and signed. */
export interface Head {
  /** The seq of the last record, 0 before the first. */
  readonly seq: number;
  /** The hash of the last record. */
  readonly last: string;
  /** The lowest seq that has to be there still. */
  readonly first: number;
}

/** The head of a chain that has no record yet. */
export const emptyHead: Head = { seq: 0, last: "0".repeat(64), first: 1 };

const shape = z.object({ seq: z.int().min(0), last: z.string(), first: z.int().positive() });

/** The head as a signed line. */
export function signHead(head: Head, keys: SigningKeys): string {
  return signLine("head", head, keys);
}

/** The head in a line; `undefined` when no key of the ring has signed it. */
export function openHead(line: string, keys: SigningKeys): Head | undefined {
  if (openLine("head", line, keys).kind !== "signed") return undefined;
  return shape.safeParse(parseJson(line)).data;
}

/** The head once a record has followed. */
export function advance(head: Head, record: AuditRecord): Head {
  return { seq: record.seq, last: record.hash, first: firstKeptBy(record) ?? head.first };
}

/** The head at the end of a line of records that follow it, written in one go; else `undefined`. */
export function follow(head: Head, records: readonly AuditRecord[]): Head | undefined {
  let end = head;
  for (const record of records) {
    const isNext = record.seq === end.seq + 1 && record.previous === end.last;
    if (!isNext || record.batch !== head.seq + 1) return undefined;
    end = advance(end, record);
  }
  return end;
}
