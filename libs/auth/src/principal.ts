import type { TokenMatch } from "@pr-review/token-store";

import { effectiveScopes } from "./key-scope.ts";

/** Who a request acts for, and the one credential it may use. Never log it whole. */
export interface Principal {
  /** The public id of the key that was presented. */
  readonly keyId: string;
  readonly userId: string | undefined;
  /** What the key may do, without what `readOnly` takes away; `requireScope` asks. */
  readonly scopes: readonly string[];
  /** Whether the key may only read, whatever it was granted. */
  readonly readOnly: boolean;
  /** `owner/name` or `owner/*`; every repository the credential can see when undefined. */
  readonly allowedRepos: readonly string[] | undefined;
  /** Addresses and CIDR ranges that the key may be used from, anywhere when undefined; `requireAddress` asks. */
  readonly allowedIps: readonly string[] | undefined;
  /** Requests per window in place of the server's own limit. */
  readonly rateLimit: number | undefined;
  /** When the key expires, in ms since the epoch. */
  readonly expiresAt: number | undefined;
  /** What this request shows to GitHub, and the only host it may be shown to. */
  readonly credential: { readonly token: string; readonly host: string };
}

/** The principal that a record stands for, without what only the store needs. */
export function principalFrom({ record, githubToken }: TokenMatch): Principal {
  return {
    keyId: record.id,
    userId: record.userId,
    scopes: effectiveScopes(record.scopes, record),
    readOnly: record.readOnly,
    allowedRepos: record.allowedRepos,
    allowedIps: record.allowedIps,
    rateLimit: record.rateLimit,
    expiresAt: record.expiresAt,
    credential: { token: githubToken, host: record.githubHost },
  };
}
