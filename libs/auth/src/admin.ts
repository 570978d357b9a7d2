import { createHash, timingSafeEqual } from "node:crypto";

import { readBearer } from "./bearer.ts";
import { AuthError } from "./errors.ts";

/** Lets the bearer of the admin token in; throws `AuthError` for anyone else. */
export type AdminGate = (header: string | undefined) => void;

/**
 * Guards the admin API with one token, kept only as a digest and compared in constant time.
 * Without a token the gate refuses everybody with `admin-disabled`.
 */
export function createAdminGate(adminToken: string | undefined): AdminGate {
  const expected = adminToken === undefined ? undefined : digest(adminToken);
  return (header) => {
    if (expected === undefined) throw new AuthError("admin-disabled");
    if (!timingSafeEqual(digest(credentialIn(header)), expected)) {
      throw new AuthError("invalid-admin-token");
    }
  };
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

/** Digests have one length, which lets any two texts be compared in constant time. */
function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
