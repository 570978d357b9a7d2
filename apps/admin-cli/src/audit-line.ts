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
    Object.entries(details ?? {})
      .map(
        ([name, value]) => `${name}=${typeof value === "string" ? value : JSON.stringify(value)}`,
      )
      .join(" "),
  ];
  return plainText(cells.join("  ").trimEnd());
}
