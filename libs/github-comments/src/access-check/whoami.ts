import type { GitHub, RequestOptions } from "../connection/github.ts";
import type { TokenKind } from "../connection/token-kind.ts";
import { whoAmI } from "../queries/who-am-i.ts";
import { tokenExpiry } from "./expiry.ts";
import { grantedScopes } from "./granted-scopes.ts";
import { tokenWarnings } from "./warnings.ts";

/** Who a token speaks for, and what is known of it; times are in ISO 8601. */
export interface Identity {
  readonly login: string;
  readonly kind: TokenKind;
  /** Known for classic and OAuth tokens only; scopes GitHub does not document are left out. */
  readonly scopes: readonly string[] | undefined;
  readonly expiresAt: string | undefined;
  /** Points of the GraphQL hour; `undefined` where GitHub sets no limit. */
  readonly rateLimit:
    | { readonly limit: number; readonly remaining: number; readonly resetAt: string }
    | undefined;
  /** What its owner should change about the token, each in a sentence. */
  readonly warnings: readonly string[];
}

/** Asks GitHub, with one point, whose token a connection uses. Throws `GitHubError`. */
export async function whoami(
  github: GitHub,
  { now = Date.now, signal }: RequestOptions & { readonly now?: () => number } = {},
): Promise<Identity> {
  const answer = await github.query(whoAmI, {}, { signal });
  const { viewer, rateLimit } = answer.data;
  const scopes = grantedScopes(github, answer);
  const expiresAt = tokenExpiry(answer.headers);
  return {
    login: viewer.login,
    kind: github.tokenKind,
    scopes,
    expiresAt,
    rateLimit: rateLimit ?? undefined,
    warnings: tokenWarnings({ scopes, expiresAt }, now()),
  };
}
