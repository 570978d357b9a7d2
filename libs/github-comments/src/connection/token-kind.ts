/** What sort of GitHub token it is, told by its prefix. */
export type TokenKind =
  | "classic"
  | "fine-grained"
  | "oauth"
  | "app-user"
  | "installation"
  | "unknown";

const prefixes: readonly (readonly [string, TokenKind])[] = [
  ["ghp_", "classic"],
  ["github_pat_", "fine-grained"],
  ["gho_", "oauth"],
  ["ghu_", "app-user"],
  ["ghs_", "installation"],
];

/** Reads the kind off the prefix (GitHub docs: token formats). */
export function tokenKind(token: string): TokenKind {
  return prefixes.find(([prefix]) => token.startsWith(prefix))?.[1] ?? "unknown";
}
