import type { TokenMatch } from "@pr-review/token-store";

/** Who a request acts for, and the one credential it may use. Never log it whole. */
export interface Principal {
  /** The public id of the key that was presented. */
  readonly keyId: string;
  readonly userId: string | undefined;
  /** What the key may do; `requireScope` asks. */
  readonly scopes: readonly string[];
  /** `owner/name` or `owner/*`; every repository the credential can see when undefined. */
  readonly allowedRepos: readonly string[] | undefined;
  /** Requests per window in place of the server's own limit. */
  readonly rateLimit: number | undefined;
  /** What this request shows to GitHub, and the only host it may be shown to. */
  readonly credential: { readonly token: string; readonly host: string };
}

/** The principal that a record stands for, without what only the store needs. */
export function principalFrom({ record, githubToken }: TokenMatch): Principal {
  const { id, userId, scopes, allowedRepos, rateLimit, githubHost } = record;
  const credential = { token: githubToken, host: githubHost };
  return { keyId: id, userId, scopes, allowedRepos, rateLimit, credential };
}
