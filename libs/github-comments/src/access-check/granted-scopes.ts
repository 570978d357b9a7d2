import type { GitHubAnswer } from "../connection/github-answer.ts";
import type { GitHub } from "../connection/github.ts";
import { readScopes } from "../diagnose/scopes.ts";

/** Kinds that have permissions; GitHub may send an empty list of scopes with them. */
const withPermissions: ReadonlySet<GitHub["tokenKind"]> = new Set([
  "fine-grained",
  "app-user",
  "installation",
]);

/** The scopes of a classic or OAuth token; `undefined` for tokens that have permissions instead. */
export function grantedScopes(
  { tokenKind }: Pick<GitHub, "tokenKind">,
  { headers }: Pick<GitHubAnswer<unknown>, "headers">,
): readonly string[] | undefined {
  const list = headers["x-oauth-scopes"];
  if (list === undefined || withPermissions.has(tokenKind)) return undefined;
  if (list === "" && tokenKind === "unknown") return undefined;
  return readScopes(String(list));
}
