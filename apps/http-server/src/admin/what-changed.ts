import type { AuditDetail } from "@pr-review/audit-log";
import type { TokenRecord } from "@pr-review/token-store";

import { timeOf } from "./token-json.ts";

/**
 * What an update made of a key, for the audit log: a policy that differs as `<name>_before` and `<name>_after`,
 * `null` where it is not set. Of the description it says only that it is another. The log itself bounds the size.
 */
export function whatChanged(
  before: TokenRecord,
  after: TokenRecord,
): Readonly<Record<string, AuditDetail>> {
  const was = policiesOf(before);
  const changes = Object.entries(policiesOf(after)).flatMap(([name, value]) => {
    const former = was[name] ?? null;
    if (JSON.stringify(former) === JSON.stringify(value)) return [];
    return [[`${name}_before`, former] as const, [`${name}_after`, value] as const];
  });
  const isRewritten = before.description !== after.description;
  return { ...(isRewritten && { description: "changed" }), ...Object.fromEntries(changes) };
}

/** What an admin decides about a key, by the names the API has for it. */
function policiesOf(record: TokenRecord): Readonly<Record<string, AuditDetail>> {
  return {
    user_id: record.userId ?? null,
    scopes: record.scopes,
    read_only: record.readOnly,
    allowed_repos: record.allowedRepos ?? null,
    allowed_ips: record.allowedIps ?? null,
    rate_limit: record.rateLimit ?? null,
    expires_at: timeOf(record.expiresAt),
    disabled: record.disabled,
  };
}
