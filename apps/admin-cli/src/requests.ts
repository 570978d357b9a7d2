/** When a key ends: at a time (ISO 8601) or after a duration such as `30d`; null is never. */
export interface Expiry {
  readonly expires_at?: string | null | undefined;
  readonly expires_in?: string | undefined;
}

/** What a key may do, in the words of the admin API. */
export interface Policies {
  readonly scopes?: readonly string[] | undefined;
  readonly read_only?: boolean | undefined;
  readonly allowed_repos?: readonly string[] | null | undefined;
  readonly allowed_ips?: readonly string[] | null | undefined;
  readonly rate_limit?: number | null | undefined;
}

/** What a new key is for, in the words of the admin API. */
export interface NewToken extends Policies, Expiry {
  readonly github_token: string;
  readonly github_host?: string | undefined;
  readonly user_id?: string | undefined;
  readonly description?: string | undefined;
  /** Makes creation idempotent: a second one of the same reference finds the first. */
  readonly reference?: string | undefined;
}

/** What changes about a key: what is absent stays, and null clears. */
export interface TokenChange extends Policies, Expiry {
  readonly github_token?: string | undefined;
  readonly user_id?: string | null | undefined;
  readonly description?: string | null | undefined;
  readonly disabled?: boolean | undefined;
}

/** How a key is replaced: how long the old one works on, and when the new one ends. */
export interface Rotation extends Expiry {
  readonly grace?: string | undefined;
}

/** Which keys to list; durations are such as `7d`. */
export interface TokenFilter {
  readonly user_id?: string | undefined;
  readonly state?: string | undefined;
  readonly expiring_within?: string | undefined;
}

/** Which usage to count, and by what; days are such as 2026-11-01, `group_by` such as `day,user`. */
export interface UsageQuery {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly key_id?: string | undefined;
  readonly user_id?: string | undefined;
  readonly tool?: string | undefined;
  readonly group_by?: string | undefined;
}

/** Which audit records to read: those after or before a sequence number. */
export interface AuditQuery {
  readonly limit?: number | undefined;
  readonly after?: number | undefined;
  readonly before?: number | undefined;
  readonly actor?: string | undefined;
  readonly action?: string | undefined;
  readonly key_id?: string | undefined;
  readonly order?: "asc" | "desc" | undefined;
}

/** Whether the server asks GitHub about a GitHub token before it keeps it. */
export interface CheckOptions {
  readonly check?: boolean | undefined;
}
