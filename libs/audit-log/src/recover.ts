import { type AuditRecord, parseRecord } from "./audit-record.ts";
import { AuditLogError } from "./errors.ts";
import { follow, type Head, openHead } from "./head.ts";
import { openLine } from "./signed-line.ts";
import type { SigningKeys } from "./signing-keys.ts";

/** Whose log it is. */
interface Owner {
  readonly keys: SigningKeys;
  /** What messages call the log. */
  readonly name: string;
}

/**
 * Where a chain goes on: behind its head, or behind the one batch that a crash kept the head from counting.
 * Otherwise throws `audit-damaged`, for the next record could be the second of its place.
 */
export function recover(line: string, tail: readonly string[], { keys, name }: Owner): Head {
  const head = openHead(line, keys);
  if (head === undefined) throw damaged(name, "has no head that one of these keys has signed");
  // Other lines do not say where the chain ends: they are for `verify` to name.
  const records = tail.flatMap((text) => authentic(text, keys));
  const end = follow(head, records);
  if (end === undefined) throw damaged(name, "has records that its head does not count");
  return end;
}

/** The error of a log that cannot go on. */
export function damaged(name: string, problem: string): AuditLogError {
  return new AuditLogError(
    "audit-damaged",
    `The audit log in ${name} ${problem}. Nothing was changed. Start with the keys it was written with; if ` +
      "these are, keep a copy as evidence, move it away, and a new log begins.",
  );
}

function authentic(line: string, keys: SigningKeys): readonly AuditRecord[] {
  const isSigned = openLine("record", line, keys).kind === "signed";
  const record = isSigned ? parseRecord(line) : undefined;
  return record === undefined ? [] : [record];
}
