import type { AuditDetail } from "@pr-review/audit-log";
import type { TokenChange, TokenRecord } from "@pr-review/token-store";

import type { Change } from "./change.ts";
import type { CheckedToken } from "./check-token.ts";
import type { CreateServices } from "./create-token.ts";
import { expiryOf } from "./fields.ts";
import { whatChanged } from "./what-changed.ts";

/** A key as a change left it. */
export interface Updated {
  readonly record: TokenRecord;
  /** What a new GitHub token should be relieved of, each in a sentence. */
  readonly warnings: readonly string[];
  /** For the audit log: what is different now; of a GitHub token only that it was replaced. */
  readonly details: Readonly<Record<string, AuditDetail>>;
}

/**
 * Changes what a key may do; `undefined` when there is none. A new GitHub token is first shown to GitHub,
 * unless told otherwise. Throws what the store and the check throw.
 */
export async function updateToken(
  id: string,
  wanted: Change,
  { tokens, checkToken }: CreateServices,
  { check }: { readonly check: boolean },
): Promise<Updated | undefined> {
  const { github_token } = wanted;
  const before = await tokens.get(id);
  if (before === undefined) return undefined;
  const checked =
    check && github_token !== undefined
      ? await checkToken(github_token, before.githubHost)
      : undefined;
  // What was known of the former token is not true of a new one.
  const identity = github_token === undefined ? {} : identityNow(checked);
  const record = await tokens.update(id, { ...changeOf(wanted), ...identity });
  if (record === undefined) return undefined;
  const replaced = github_token === undefined ? {} : { github_token: "replaced" };
  const details = { ...replaced, ...whatChanged(before, record) };
  return { record, warnings: checked?.warnings ?? [], details };
}

function changeOf(wanted: Change): TokenChange {
  return {
    githubToken: wanted.github_token,
    userId: wanted.user_id,
    description: wanted.description,
    scopes: wanted.scopes,
    readOnly: wanted.read_only,
    allowedRepos: wanted.allowed_repos,
    allowedIps: wanted.allowed_ips,
    rateLimit: wanted.rate_limit,
    expiresAt: expiryOf(wanted, Date.now()),
    disabled: wanted.disabled,
  };
}

function identityNow(checked: CheckedToken | undefined): TokenChange {
  return {
    githubLogin: checked?.login ?? null,
    githubScopes: checked?.scopes ?? null,
    githubTokenExpiresAt: checked?.expiresAt ?? null,
  };
}
