import type { HostTable } from "@pr-review/github-comments";
import type { TokenGrant, TokenRecord, TokenStore } from "@pr-review/token-store";

import type { CheckedToken, CheckToken } from "./check-token.ts";
import { expiryOf } from "./fields.ts";
import type { Grant } from "./grant.ts";

/** What keys are made with. */
export interface CreateServices {
  readonly tokens: TokenStore;
  readonly hosts: HostTable;
  readonly checkToken: CheckToken;
}

/** A key that was made. */
export interface Created {
  /** Readable this one time; null for an imported one, which its owner has. */
  readonly key: string | null;
  readonly record: TokenRecord;
  /** What its GitHub token should be relieved of, each in a sentence. */
  readonly warnings: readonly string[];
}

/**
 * Makes a key for a GitHub token, which GitHub is asked about first unless told otherwise. Throws what the
 * store and the check throw; nothing is made by then.
 */
export async function createToken(
  grant: Grant,
  { tokens, hosts, checkToken }: CreateServices,
  { check }: { readonly check: boolean },
): Promise<Created> {
  const { mcp_key, reference } = grant;
  const { host } = hosts.find(grant.github_host ?? hosts.default.host);
  const checked = check ? await checkToken(grant.github_token, host) : undefined;
  const granted = { ...policyOf(grant), githubToken: grant.github_token, githubHost: host };
  const whole = { ...granted, ...identityOf(checked) };
  const warnings = checked?.warnings ?? [];
  if (mcp_key !== undefined) {
    return { key: null, record: await tokens.import(mcp_key, whole), warnings };
  }
  return { ...(await tokens.issue(whole, { reference })), warnings };
}

function identityOf(
  checked: CheckedToken | undefined,
): Pick<TokenGrant, "githubLogin" | "githubScopes" | "githubTokenExpiresAt"> {
  return {
    githubLogin: checked?.login,
    githubScopes: checked?.scopes,
    githubTokenExpiresAt: checked?.expiresAt,
  };
}

function policyOf(grant: Grant): Omit<TokenGrant, "githubToken" | "githubHost"> {
  return {
    userId: grant.user_id,
    description: grant.description,
    scopes: grant.scopes,
    readOnly: grant.read_only,
    allowedRepos: grant.allowed_repos,
    allowedIps: grant.allowed_ips,
    rateLimit: grant.rate_limit,
    expiresAt: expiryOf(grant, Date.now()) ?? undefined,
  };
}
