const dayMs = 24 * 60 * 60 * 1_000;
const soonMs = 7 * dayMs;
const broad = /^(?:admin:|write:org$|delete|workflow$|site_admin$|manage_)/;

/** What is worth a warning about a token. */
export interface TokenFacts {
  readonly scopes: readonly string[] | undefined;
  /** ISO 8601. */
  readonly expiresAt: string | undefined;
}

/** What its owner should change about a token, each in a sentence; `now` is in milliseconds. */
export function tokenWarnings({ scopes = [], expiresAt }: TokenFacts, now: number): string[] {
  const excess = scopes.filter((scope) => broad.test(scope));
  const warnings: string[] = [];
  if (excess.length > 0) {
    warnings.push(
      `The token can do more than reviews need: remove the scopes ${excess.join(", ")}.`,
    );
  }
  if (expiresAt !== undefined && Date.parse(expiresAt) - now <= soonMs) {
    warnings.push(`The token expires on ${expiresAt.slice(0, 10)}: make a new one before that.`);
  }
  return warnings;
}
