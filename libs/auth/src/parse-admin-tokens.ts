import { type AdminScope, adminScopes } from "./admin-scope.ts";
import type { AdminToken } from "./admin-token.ts";

const names = /^[a-z0-9][a-z0-9._-]{0,31}$/i;
const times = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;
const digests = /^[0-9a-f]{64}$/i;

/** A list of admin tokens cannot be read; the message tells which entry, and never repeats what it says. */
export class AdminTokensError extends Error {
  override readonly name = "AdminTokensError";
  readonly code = "invalid-admin-tokens";
  /** Which entry, from 1. */
  readonly position: number;

  constructor(position: number, advice: string) {
    super(`Entry ${position} of MCP_ADMIN_TOKENS cannot be used. ${advice}`);
    this.position = position;
  }
}

/**
 * Reads `name|scope+scope|sha256hex,...`, in which the scope `*` stands for all of them and the digest is
 * that of the token. A fourth part is the time from which on the token is refused, such as
 * `2027-01-31T00:00:00Z`. Throws `AdminTokensError` `invalid-admin-tokens`.
 */
export function parseAdminTokens(text: string): readonly AdminToken[] {
  const tokens = text.split(",").map((entry, index) => parseEntry(entry.trim(), index + 1));
  tokens.forEach((token, index) => refuseTwin(token, index + 1, tokens.slice(0, index)));
  return tokens;
}

function parseEntry(entry: string, position: number): AdminToken {
  const [name = "", scopes = "", digest = "", expiry, ...rest] = entry.split("|");
  if (!names.test(name) || rest.length > 0) {
    throw new AdminTokensError(
      position,
      "Write name|scope+scope|sha256hex, with a short plain name, and |expiry after it if there is one.",
    );
  }
  if (!digests.test(digest)) {
    throw new AdminTokensError(position, "Its third part must be the token's SHA-256 in hex.");
  }
  return {
    name,
    scopes: parseScopes(scopes, position),
    digest: Buffer.from(digest, "hex"),
    expiresAt: expiry === undefined ? undefined : parseExpiry(expiry, position),
  };
}

function parseExpiry(text: string, position: number): number {
  const time = times.test(text) ? Date.parse(text) : Number.NaN;
  if (written(time) === text) return time;
  throw new AdminTokensError(
    position,
    "Its fourth part, if any, must be a time in UTC such as 2027-01-31T00:00:00Z.",
  );
}

/** `Date.parse` makes a day in March of the 30th of February: a real one reads as it was written. */
function written(time: number): string | undefined {
  return Number.isNaN(time) ? undefined : new Date(time).toISOString().replace(".000Z", "Z");
}

function parseScopes(text: string, position: number): readonly AdminScope[] {
  if (text === "*") return adminScopes;
  return text.split("+").map((word) => {
    const scope = adminScopes.find((known) => known === word);
    if (scope !== undefined) return scope;
    throw new AdminTokensError(position, `Its scopes are * or some of ${adminScopes.join(", ")}.`);
  });
}

/** One name for two tokens, or one token for two names, and the audit could not tell who acted. */
function refuseTwin(token: AdminToken, position: number, earlier: readonly AdminToken[]): void {
  if (earlier.some(({ name, digest }) => name === token.name || digest.equals(token.digest))) {
    throw new AdminTokensError(position, "An earlier entry has its name or its token already.");
  }
}
