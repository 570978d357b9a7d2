import { AuthError } from "./errors.ts";

/** Everything an API key can be allowed to do. */
export const keyScopes = ["comments:read", "comments:write"] as const;

/** One thing an API key can be allowed to do. */
export type KeyScope = (typeof keyScopes)[number];

/** What of a key's scopes it has: a read-only one has those that read, whatever it was granted. */
export function effectiveScopes(
  scopes: readonly string[],
  { readOnly }: { readonly readOnly: boolean },
): readonly string[] {
  return readOnly ? scopes.filter((scope) => scope.endsWith(":read")) : scopes;
}

/** Throws `AuthError` `insufficient-scope`, which names the scope, unless the key has it and may use it. */
export function requireScope(
  { scopes, readOnly = false }: { readonly scopes: readonly string[]; readonly readOnly?: boolean },
  scope: KeyScope,
): void {
  if (effectiveScopes(scopes, { readOnly }).includes(scope)) return;
  throw new AuthError("insufficient-scope", { scope });
}
