import type { AuditKey } from "@pr-review/audit-log";
import { deriveKey, type Keyring } from "@pr-review/token-store";

/** The keys of the audit log that follow from a keyring: the first signs, what any has signed is verified. */
export function auditKeysOf({ current, keys }: Keyring): readonly AuditKey[] {
  const former = keys.filter((key) => key !== current);
  return [current, ...former].map(({ id, root }) => ({ id, key: deriveKey(root, "audit/1") }));
}
