import type { TokenRecord } from "@pr-review/token-store";

/** What a key is good for at a time. */
export type TokenState = "active" | "expired" | "disabled";

/** The state of a key; `now` in ms since the epoch. */
export function stateOf({ disabled, expiresAt }: TokenRecord, now = Date.now()): TokenState {
  if (disabled) return "disabled";
  return expiresAt !== undefined && expiresAt <= now ? "expired" : "active";
}

/** A record as the API shows it: times in ISO 8601, `null` for what is not set. */
export function tokenJson(record: TokenRecord): Readonly<Record<string, unknown>> {
  return {
    key_id: record.id,
    user_id: record.userId ?? null,
    description: record.description ?? null,
    github_host: record.githubHost,
    github_login: record.githubLogin ?? null,
    github_scopes: record.githubScopes ?? null,
    github_token_expires_at: timeOf(record.githubTokenExpiresAt),
    scopes: record.scopes,
    read_only: record.readOnly,
    allowed_repos: record.allowedRepos ?? null,
    allowed_ips: record.allowedIps ?? null,
    rate_limit: record.rateLimit ?? null,
    created_at: timeOf(record.createdAt),
    last_used_at: timeOf(record.lastUsedAt),
    expires_at: timeOf(record.expiresAt),
    disabled: record.disabled,
    disabled_reason: record.disabledReason ?? null,
    state: stateOf(record),
    rotated_from: record.rotatedFrom ?? null,
    rotated_to: record.rotatedTo ?? null,
    version: record.version,
  };
}

/** A time in ms since the epoch as the API shows it; `null` for none. */
export function timeOf(ms: number | undefined): string | null {
  return ms === undefined ? null : new Date(ms).toISOString();
}
