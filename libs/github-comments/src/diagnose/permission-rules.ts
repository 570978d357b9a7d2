import type { Clues } from "./clues.ts";
import { acceptedPermissions, neededFor } from "./permissions.ts";
import type { Finding, Rule } from "./rule.ts";
import { readScopes } from "./scopes.ts";
import { standardWords } from "./standard-error.ts";

const code = "github-forbidden";

/** What a token was not given: scopes for classic ones, permissions for all others. */
export const permissionRules: readonly Rule[] = [
  {
    answer: [403, "FORBIDDEN"],
    words: /resource not accessible by (?:personal access token|integration)/i,
    finding: permission,
  },
  { answer: ["INSUFFICIENT_SCOPES"], finding: scope },
  { words: /not been granted the required scopes/i, finding: scope },
  { answer: [403], holds: lacksScope, finding: scope },
];

/** What a refusal means that says no more than no. */
export const forbiddenRules: readonly Rule[] = [
  {
    answer: [403, "FORBIDDEN"],
    finding: (clues) => ({ ...permission(clues), message: standardWords[code] }),
  },
];

function permission({ headers, operation, answer }: Clues): Finding {
  const accepted = acceptedPermissions(String(headers["x-accepted-github-permissions"] ?? ""));
  const detail = accepted ?? neededFor(typeof answer === "number" ? "" : operation);
  const message = `Give the fine-grained token or App the permission '${detail}'.`;
  return { code, message, missing: { kind: "permission", detail } };
}

function scope({ words, headers }: Clues): Finding {
  const named = /one of the following scopes: \[([^\]]*)\]/i.exec(words)?.[1];
  const scopes = readScopes(named ?? String(headers["x-accepted-oauth-scopes"] ?? ""));
  const detail = scopes.length === 0 ? "repo" : scopes.join(" or ");
  const message = `Give the GitHub token the scope ${detail}.`;
  return { code, message, missing: { kind: "scope", detail } };
}

function lacksScope({ headers }: Clues): boolean {
  const granted = headers["x-oauth-scopes"];
  const accepted = readScopes(String(headers["x-accepted-oauth-scopes"] ?? ""));
  if (granted === undefined || accepted.length === 0) return false;
  const has = new Set(readScopes(String(granted)));
  return !accepted.some((each) => has.has(each));
}
