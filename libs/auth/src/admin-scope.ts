/** Everything an admin token can be allowed to do. */
export const adminScopes = [
  "tokens:read",
  "tokens:write",
  "tokens:revoke",
  "tokens:export",
  "limits:write",
  "keyring:rotate",
  "audit:read",
  "stats:read",
] as const;

/** One thing an admin token can be allowed to do. */
export type AdminScope = (typeof adminScopes)[number];
