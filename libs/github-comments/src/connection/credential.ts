import { hash } from "node:crypto";

/** A GitHub token and the one host it may be shown to. */
export interface Credential {
  readonly token: string;
  readonly host: string;
}

const known = new WeakMap<Credential, string>();

/** Tells credentials apart without giving a token away, for the keys of caches; made once for each object. */
export function identityOf(credential: Credential): string {
  const { host, token } = credential;
  const identity = known.get(credential) ?? hash("sha256", `${host} ${token}`, "base64url");
  known.set(credential, identity);
  return identity;
}
