import type { SeedRepository, SeedToken } from "../seed.ts";

/** Who is asking: the token's owner, or nobody. */
export interface Viewer {
  /** The token, or `anonymous`; the key of quotas and of concurrency. */
  readonly key: string;
  readonly token: SeedToken | undefined;
}

/** Whether the viewer may see the repository at all; GitHub hides the others behind 404. */
export function canRead({ token }: Viewer, repository: SeedRepository): boolean {
  if (repository.private !== true) return true;
  const readable = token?.repositories ?? [];
  return readable === "all" || readable.includes(`${repository.owner}/${repository.name}`);
}

/** Whether the owner's SAML sign-on stands between the viewer and the repository. */
export function lacksSignOn({ token }: Viewer, owner: string): boolean {
  return token?.ssoRequired?.toLowerCase() === owner.toLowerCase();
}

/** The kind of a token, from the seed or else from the prefix GitHub gives it. */
export function kindOf({ key, token }: Viewer): "classic" | "fine-grained" | "installation" {
  if (token?.kind !== undefined) return token.kind;
  if (key.startsWith("github_pat_")) return "fine-grained";
  return key.startsWith("ghs_") ? "installation" : "classic";
}
