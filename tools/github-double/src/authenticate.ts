import type { Viewer } from "./model/viewer.ts";
import type { Seed } from "./seed.ts";

/** The viewer without a token. */
export const ANONYMOUS: Viewer = { key: "anonymous", token: undefined };

/** The token of an `Authorization` header (`Bearer` or the older `token`), or `undefined`. */
export function readToken(authorization: string | undefined): string | undefined {
  return /^(?:bearer|token) +(\S+)$/i.exec(authorization ?? "")?.[1];
}

/** Who is asking; `undefined` for credentials that are unknown, expired or unreadable. */
export function authenticate(
  seed: Seed,
  authorization: string | undefined,
  now: number,
): Viewer | undefined {
  if (authorization === undefined) return ANONYMOUS;
  const key = readToken(authorization);
  if (key === undefined || !Object.hasOwn(seed.tokens, key)) return undefined;
  const token = seed.tokens[key];
  const isExpired = token?.expiresAt !== undefined && Date.parse(token.expiresAt) <= now;
  return isExpired ? undefined : { key, token };
}
