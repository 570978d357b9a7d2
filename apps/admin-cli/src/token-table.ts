import type { Token } from "./answers/token.ts";
import type { Cell } from "./print.ts";
import { shortTime } from "./times.ts";

/** The head of a table of keys. */
export const tokenHead = [
  "KEY ID",
  "USER",
  "DESCRIPTION",
  "HOST",
  "STATE",
  "LAST USED",
  "EXPIRES",
] as const;

/** A key as a row of that table. */
export function tokenRow(token: Token): readonly Cell[] {
  return [
    token.key_id,
    token.user_id,
    token.description,
    token.github_host,
    token.state,
    token.last_used_at === null ? "never" : shortTime(token.last_used_at),
    token.expires_at === null ? "never" : shortTime(token.expires_at),
  ];
}

/** A key with all that is known of it: a name and a value a row. */
export function tokenFields(token: Token): readonly (readonly [string, Cell])[] {
  return [
    ["Key id", token.key_id],
    ["User", token.user_id],
    ["Description", token.description],
    ["State", state(token)],
    ["Scopes", token.scopes.join(" ") + (token.read_only ? " (read-only)" : "")],
    ["Repositories", token.allowed_repos?.join(" ") ?? "any"],
    ["Addresses", token.allowed_ips?.join(" ") ?? "any"],
    ["Rate limit", token.rate_limit === null ? "the server's" : `${token.rate_limit} a minute`],
    ["GitHub", github(token)],
    ["GitHub scopes", token.github_scopes?.join(" ") ?? null],
    [
      "GitHub token expires",
      token.github_token_expires_at && shortTime(token.github_token_expires_at),
    ],
    ["Created", shortTime(token.created_at)],
    ["Last used", token.last_used_at === null ? "never" : shortTime(token.last_used_at)],
    ["Expires", token.expires_at === null ? "never" : shortTime(token.expires_at)],
    ["Takes the place of", token.rotated_from],
    ["Replaced by", token.rotated_to],
  ];
}

function state({ state: current, disabled_reason: reason }: Token): string {
  return current === "disabled" && reason !== null ? `disabled (${reason})` : current;
}

function github({ github_login: login, github_host: host }: Token): string {
  return login === null ? host : `${login} on ${host}`;
}
