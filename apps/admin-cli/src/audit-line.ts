import type { AuditRecord } from "./answers/audit.ts";
import { plainText } from "./plain-text.ts";

/** A record of the audit log on one line: time (UTC), number, who, what, outcome, on what, details. */
export function auditLine(record: AuditRecord): string {
  const { key_id: key, target, details } = record;
  const cells = [
    record.time.slice(0, 19).replace("T", " "),
    `#${record.seq}`.padEnd(6),
    record.actor.padEnd(10),
    record.action.padEnd(18),
    record.outcome.padEnd(7),
    [key, target].filter((part) => part !== null && part !== undefined).join(" ") || "-",
    detailWords(details ?? {}).join(" "),
  ];
  return plainText(cells.join("  ").trimEnd());
}

/** What was before and is after an update comes as two details, and reads as one. */
function detailWords(details: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.entries(details).flatMap(([name, value]) => {
    const [, field, side] = /^(.+)_(before|after)$/.exec(name) ?? [];
    const before = `${field}_before`;
    const isPair = before in details && `${field}_after` in details;
    if (!isPair) return [`${name}=${word(value)}`];
    return side === "after" ? [`${field}=${word(details[before])}→${word(value)}`] : [];
  });
}

function word(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
