import { createHash } from "node:crypto";

import { type AdminScope, adminScopes } from "./admin-scope.ts";

/** A token that opens the admin API, known by its digest only. */
export interface AdminToken {
  /** Who acts with it, for the audit. */
  readonly name: string;
  readonly scopes: readonly AdminScope[];
  /** SHA-256 of the token, 32 bytes. */
  readonly digest: Buffer;
  /** From when on it is refused, in ms since the epoch; never when undefined. */
  readonly expiresAt: number | undefined;
}

/** The admin named "default", who has every scope: what a single plain token stands for. */
export function plainAdminToken(token: string): AdminToken {
  return { name: "default", scopes: adminScopes, digest: digestOf(token), expiresAt: undefined };
}

/** Digests have one length, which lets any two texts be compared in constant time. */
export function digestOf(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}
