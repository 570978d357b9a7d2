import { timingSafeEqual } from "node:crypto";

import type { AdminScope } from "./admin-scope.ts";
import { type AdminToken, digestOf } from "./admin-token.ts";
import { readBearer } from "./bearer.ts";
import { AuthError } from "./errors.ts";
import type { FailureLimiter } from "./failure-limiter.ts";

/** Who an admin request acts for. */
export type AdminPrincipal = Pick<AdminToken, "name" | "scopes">;

/** Where an admin request comes from, and what it wants to do. */
export interface AdminAttempt {
  /** The client's IP address, by which failures are counted. */
  readonly address: string;
  readonly scope: AdminScope;
}

/** Lets the bearer of an admin token in; throws `AuthError` for anyone else. */
export type AdminGate = (header: string | undefined, attempt: AdminAttempt) => AdminPrincipal;

/** What a gate is told beside its tokens. */
export interface AdminGateOptions {
  /** Blocks addresses that fail too often; nobody is blocked without. */
  readonly failures?: FailureLimiter;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
}

/**
 * Guards the admin API. The gate throws `admin-disabled` when there are no tokens, `missing-credentials`,
 * `invalid-admin-token`, `admin-token-expired`, `admin-scope-missing`, and `too-many-failures` for a blocked address: there even
 * the right token must wait, as admin tokens are chosen by people and could be guessed.
 */
export function createAdminGate(
  admins: readonly AdminToken[],
  { failures, now = Date.now }: AdminGateOptions = {},
): AdminGate {
  return (header, { address, scope }) => {
    if (admins.length === 0) throw new AuthError("admin-disabled");
    const credential = credentialIn(header);
    const retryAfter = failures?.retryAfter(address) ?? 0;
    if (retryAfter > 0) throw new AuthError("too-many-failures", { retryAfter });

    const admin = ownerOf(credential, admins);
    if (admin === undefined) {
      failures?.failed(address);
      throw new AuthError("invalid-admin-token");
    }
    const { expiresAt = Number.POSITIVE_INFINITY } = admin;
    if (expiresAt <= now()) throw new AuthError("admin-token-expired");
    if (!admin.scopes.includes(scope)) throw new AuthError("admin-scope-missing", { scope });
    return { name: admin.name, scopes: admin.scopes };
  };
}

/** Compares with every token, in constant time, so that the time taken tells nothing of any. */
function ownerOf(credential: string, admins: readonly AdminToken[]): AdminToken | undefined {
  const given = digestOf(credential);
  return admins.filter(({ digest }) => timingSafeEqual(digest, given)).at(0);
}

/** A malformed header is as wrong as a wrong token, and a missing one stays a missing one. */
function credentialIn(header: string | undefined): string {
  try {
    return readBearer(header);
  } catch (error) {
    if (error instanceof AuthError && error.code === "missing-credentials") throw error;
    throw new AuthError("invalid-admin-token");
  }
}
