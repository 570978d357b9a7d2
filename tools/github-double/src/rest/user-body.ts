import type { Actor } from "../model/actor.ts";

/** GitHub's `simple-user`. Bots carry `[bot]` in REST logins, and only there. */
export function userBody(actor: Actor, restUrl: string): Record<string, unknown> {
  const login = actor.kind === "Bot" ? `${actor.login}[bot]` : actor.login;
  const url = `${restUrl}/users/${encodeURIComponent(login)}`;
  return {
    login,
    id: actor.databaseId,
    node_id: actor.id,
    avatar_url: actor.avatarUrl,
    gravatar_id: "",
    url,
    html_url: actor.url,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: actor.kind,
    site_admin: false,
  };
}

/** GitHub's `nullable-simple-user`: `null` for a ghost. */
export function nullableUserBody(
  actor: Actor | null,
  restUrl: string,
): Record<string, unknown> | null {
  return actor === null ? null : userBody(actor, restUrl);
}

/** GitHub's `public-user`. */
export function profileBody(actor: Actor, restUrl: string): Record<string, unknown> {
  return {
    ...userBody(actor, restUrl),
    user_view_type: "public",
    name: actor.name,
    company: null,
    blog: "",
    location: null,
    email: null,
    hireable: null,
    bio: null,
    public_repos: 0,
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: "2020-01-01T00:00:00Z",
    updated_at: "2026-01-01T00:00:00Z",
  };
}
