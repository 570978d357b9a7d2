import { AuthError } from "./errors.ts";

const bearer = /^bearer +([\x21-\x7e]+) *$/i;

/**
 * The credential of an `Authorization: Bearer` header (RFC 6750, section 2.1; any case of scheme).
 * Throws `missing-credentials` when there is no header, `invalid-key` when it is malformed.
 */
export function readBearer(header: string | undefined): string {
  if (header === undefined || header.trim() === "") throw new AuthError("missing-credentials");
  const credential = bearer.exec(header)?.[1];
  if (credential === undefined) throw new AuthError("invalid-key");
  return credential;
}
