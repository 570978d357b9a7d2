import { AuthError, type Authenticator, type Principal, requireScope } from "@pr-review/auth";
import { type TokenStore, TokenStoreError } from "@pr-review/token-store";

/** How the request that opened a stream was let in. Never log it. */
export interface Admission {
  /** The public id of the key. */
  readonly keyId: string;
  /** The `Authorization` header. */
  readonly header: string | undefined;
  /** The client's IP address. */
  readonly address: string;
}

/**
 * Looks up anew whom an open stream belongs to: `undefined` once its key is no longer good. Rejects when
 * nobody can tell.
 */
export type Recheck = (admission: Admission) => Promise<Principal | undefined>;

/** Where keys are looked up. */
export interface RecheckOptions {
  readonly authenticator: Authenticator;
  readonly tokens: Pick<TokenStore, "get">;
}

/**
 * Checks the key of a stream as that of every request is checked: by the version its record has this
 * moment, or for a while by memory when the store is out of reach.
 */
export function createRecheck({ authenticator, tokens }: RecheckOptions): Recheck {
  return async ({ keyId, header, address }) => {
    const version = await versionOf(keyId, tokens);
    // Nobody has just shown a wrong key, so this must not count against the address.
    if (version === null) return undefined;
    try {
      const candidate = await authenticator.identify(header, { address });
      const principal = await authenticator.confirm(candidate, version);
      requireScope(principal, "comments:read");
      return principal;
    } catch (error) {
      if (isFinal(error)) return undefined;
      throw error;
    }
  };
}

/** `null` for a key that is gone or disabled, `undefined` when nobody could look. */
async function versionOf(
  keyId: string,
  tokens: RecheckOptions["tokens"],
): Promise<string | null | undefined> {
  try {
    const record = await tokens.get(keyId);
    return record === undefined || record.disabled ? null : String(record.version);
  } catch (error) {
    if (error instanceof TokenStoreError && error.code === "store-unavailable") return undefined;
    throw error;
  }
}

/** A blocked address says nothing about the key. */
function isFinal(error: unknown): boolean {
  return error instanceof AuthError && error.code !== "too-many-failures";
}
