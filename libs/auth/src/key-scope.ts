import { AuthError } from "./errors.ts";
import type { Principal } from "./principal.ts";

/** Everything an API key can be allowed to do. */
export const keyScopes = ["comments:read", "comments:write"] as const;

/** One thing an API key can be allowed to do. */
export type KeyScope = (typeof keyScopes)[number];

/** Throws `AuthError` `insufficient-scope`, which names the scope, unless the key has it. */
export function requireScope({ scopes }: Pick<Principal, "scopes">, scope: KeyScope): void {
  if (!scopes.includes(scope)) throw new AuthError("insufficient-scope", { scope });
}
