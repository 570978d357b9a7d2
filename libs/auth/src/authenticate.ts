import type { TokenStore } from "@pr-review/token-store";

import { readBearer } from "./bearer.ts";
import { AuthError } from "./errors.ts";
import type { Principal } from "./principal.ts";

/**
 * Turns an `Authorization` header into the caller it stands for. Throws `AuthError`
 * `missing-credentials` or `invalid-key`; an error of the store passes through, so that
 * a store that is down is never taken for a wrong key.
 */
export async function authenticate(
  header: string | undefined,
  tokens: Pick<TokenStore, "find">,
): Promise<Principal> {
  const match = await tokens.find(readBearer(header));
  if (match === undefined) throw new AuthError("invalid-key");
  const { record, githubToken } = match;
  const credential = { token: githubToken, host: record.githubHost };
  return { keyId: record.id, userId: record.userId, credential };
}
