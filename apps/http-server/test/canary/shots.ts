import type { Shot } from "./send.ts";

/** What opens the doors, so that a request gets as far as it can with secrets elsewhere in it. */
export interface Credentials {
  readonly user: string;
  readonly admin: string;
}

/** Nobody is asked for anything there. */
const forAnybody = ["/health", "/ready", "/openapi.json", "/docs"];
const prUrl = "https://github.com/acme/widgets/pull/7";
const minorUnits = { owner: "acme", repo: "widgets", branch: "minor-units" };
const json = { "content-type": "application/json", accept: "application/json, text/event-stream" };
const withKey = (credential: string) => ({ ...json, authorization: `Bearer ${credential}` });

/** Every endpoint once, as it is meant to be used. */
export function everyEndpoint({ user, admin }: Credentials): readonly Shot[] {
  return [
    { method: "GET", path: "/", headers: json },
    { method: "GET", path: "/", headers: withKey(admin) },
    { method: "GET", path: "/health", headers: json },
    { method: "GET", path: "/ready", headers: json },
    { method: "GET", path: "/openapi.json", headers: json },
    { method: "GET", path: "/docs", headers: json },
    { method: "GET", path: "/metrics", headers: withKey(admin) },
    { method: "GET", path: "/admin/tokens", headers: withKey(admin) },
    { method: "DELETE", path: "/admin/tokens/0000000000", headers: withKey(admin) },
    grantKey({ rate_limit: 0 }, admin),
    postJson("/api/fetch-comments", { pr_url: prUrl }, user),
    postJson("/api/resolve-pr", minorUnits, user),
    callTool("whoami", {}, user),
    postJson("/messages", { jsonrpc: "2.0", id: 1, method: "ping" }, user),
    overSse(toolCall("whoami", {}), user),
  ];
}

/** Every way to have GitHub asked. */
export function everyTool({ user }: Credentials): readonly Shot[] {
  return [
    postJson("/api/fetch-comments", { pr_url: prUrl, output: "both" }, user),
    callTool("fetch_pr_review_comments", { pr_url: prUrl }, user),
    callTool("get_review_threads", { thread_ids: ["PRRT_widgets_7_1"] }, user),
    callTool("resolve_open_pr_url", { owner: "acme", repo: "widgets", branch: "x" }, user),
    callTool("whoami", {}, user),
    callTool("check_access", { pr_url: prUrl }, user),
    postJson("/api/resolve-pr", { owner: "acme", repo: "widgets", branch: "x" }, user),
    overSse(toolCall("fetch_pr_review_comments", { pr_url: prUrl }), user),
  ];
}

/**
 * The secrets wherever a request has room for them: one by one where their form decides what becomes of
 * them, and all of them together where any text will do.
 */
export function everyPlace(secrets: readonly string[], doors: Credentials): readonly Shot[] {
  const all = secrets.join(" ");
  const endpoints = everyEndpoint(doors);
  const withRoomFor = endpoints.filter(({ path }) => !forAnybody.includes(path));
  return [
    ...secrets.flatMap((secret) => [
      ...withRoomFor.flatMap((shot) => asItself(shot, secret)),
      ...grantsWith(secret, doors),
    ]),
    ...endpoints.flatMap((shot) => inHeaders(shot, all)),
    ...inBodies(all, doors),
    ...inCalls(secrets, doors),
  ];
}

/** A secret in place of the key to revoke: a key is gone after this. */
export function everyRevocation(secret: string, { admin }: Credentials): readonly Shot[] {
  return [secret, encodeURIComponent(secret), `${secret}?key=${secret}`].map((name) => ({
    method: "DELETE",
    path: `/admin/tokens/${name}`,
    headers: withKey(admin),
  }));
}

/** A few requests that need store, limiter and GitHub, for when one of these fails. */
export function fewPlaces(secret: string, { user, admin }: Credentials): readonly Shot[] {
  return [
    postJson("/api/fetch-comments", { pr_url: prUrl, author: secret }, secret),
    postJson("/api/fetch-comments", { pr_url: prUrl, author: secret }, user),
    overSse(toolCall("check_access", { pr_url: secret }), secret),
    overSse(toolCall("check_access", { pr_url: secret }), user),
    { method: "GET", path: "/ready", headers: withKey(secret) },
    { method: "GET", path: "/admin/tokens", headers: withKey(admin) },
    { method: "DELETE", path: "/admin/tokens/0000000000", headers: withKey(admin) },
    grantKey({ github_token: secret }, admin),
  ];
}

/** Issues a key, or takes in one of the earlier server. */
export function grantKey(grant: object, admin: string): Shot {
  return postJson("/admin/tokens", grant, admin);
}

function asItself(shot: Shot, secret: string): readonly Shot[] {
  const path = shot.path.replace(/\/$/, "");
  return [
    { ...shot, headers: { ...shot.headers, authorization: `Bearer ${secret}` } },
    { ...shot, path: `${path}/x/${secret}` },
    { ...shot, path: `${path}/${encodeURIComponent(`%2F${secret}`)}?key=${secret}` },
  ];
}

/** What is stored for good, and what is refused. */
function grantsWith(secret: string, { user, admin }: Credentials): readonly Shot[] {
  return [
    grantKey({ github_token: secret }, admin),
    grantKey({ github_token: "ghp_of_nobody", mcp_key: secret }, admin),
    grantKey({ github_token: "ghp_of_nobody", github_host: secret }, admin),
    grantKey({ [secret]: secret }, admin),
    postJson("/api/fetch-comments", { pr_url: prUrl, cursor: secret }, user),
    postJson(`/messages?sessionId=${encodeURIComponent(secret)}`, { method: secret }, user),
  ];
}

function inHeaders(shot: Shot, all: string): readonly Shot[] {
  const basic = `Basic ${Buffer.from(`x:${all}`).toString("base64")}`;
  const ours = ["authorization", "origin", "host", "content-encoding", "accept"];
  const theirs = ["user-agent", "x-request-id", "cookie", "referer", "x-api-key", "traceparent"];
  const mcp = ["mcp-protocol-version", "mcp-method", "mcp-name", "mcp-session-id", "last-event-id"];
  const each = [...ours, ...mcp, "x-forwarded-for"].map((name) => ({ [name]: all }));
  const added = [
    ...each,
    Object.fromEntries(theirs.map((name) => [name, all])),
    { authorization: basic },
    { authorization: `token ${all}` },
    { origin: `https://${all.replaceAll(/[^\w]/g, "-")}` },
    { "content-type": `application/json; charset=${all}` },
  ];
  return added.map((headers) => ({ ...shot, headers: { ...shot.headers, ...headers } }));
}

function inBodies(all: string, { user, admin }: Credentials): readonly Shot[] {
  const fields = ["github_host", "user_id", "description", "scopes", "rate_limit", "expires_at"];
  const lists = { scopes: [all], allowed_repos: [all, `acme/${all}`], rate_limit: 0 };
  const ends = [
    ["/admin/tokens", admin],
    ["/api/fetch-comments", user],
    ["/api/resolve-pr", user],
    ["/mcp", user],
    ["/messages", user],
  ] as const;
  const bodies = [all, JSON.stringify(all), `{"a":"${all}`, `{"a":${all}}`, JSON.stringify([all])];
  return [
    ...fields.map((field) => grantKey({ rate_limit: 0, [field]: all }, admin)),
    grantKey(lists, admin),
    ...argumentsWith(all).map((args) => postJson("/api/fetch-comments", args, user)),
    ...argumentsWith(all).map((args) => postJson("/api/resolve-pr", args, user)),
    ...ends.flatMap(([path, credential]) =>
      bodies.map((body) => ({ method: "POST", path, headers: withKey(credential), body })),
    ),
  ];
}

/** MCP in both eras of the protocol, and on the transport of 2024-11-05. */
function inCalls(secrets: readonly string[], { user }: Credentials): readonly Shot[] {
  const all = secrets.join(" ");
  const short = secrets.filter(({ length }) => length < 300);
  const calls = [
    ...argumentsWith(all).map((args) => ["fetch_pr_review_comments", args] as const),
    ...argumentsWith(all).map((args) => ["check_access", args] as const),
    ["resolve_open_pr_url", { owner: "acme", repo: "widgets", branch: all }],
    ["get_review_threads", { thread_ids: short }],
    ["get_review_threads", { thread_ids: secrets }],
    ["whoami", { host: all }],
    ["whoami", { [all]: all }],
    [all, { [all]: all }],
  ] as const;
  const requests = [
    { method: all, params: { [all]: all } },
    { method: "initialize", params: { protocolVersion: all, clientInfo: all } },
    { method: "tools/call", params: all },
    { method: "tools/list", params: { cursor: all } },
    { method: "resources/read", params: { uri: all } },
    { jsonrpc: all, method: "ping" },
    { [all]: all },
  ];
  return [
    ...calls.map(([name, args]) => callTool(name, args, user)),
    ...calls.map(([name, args]) => callTool(name, args, user, "2025-11-25")),
    ...requests.map((request) => postJson("/mcp", { jsonrpc: "2.0", id: 1, ...request }, user)),
    ...calls.map(([name, args]) => overSse(toolCall(name, args), user)),
    ...requests.map((request) => overSse({ jsonrpc: "2.0", id: 1, ...request }, user)),
  ];
}

/** The arguments of a call that can hold text, one at a time. */
function argumentsWith(all: string): readonly object[] {
  const named = { owner: "acme", repo: "widgets", branch: "main" };
  const where = ["host", "owner", "repo", "branch"].map((field) => ({ ...named, [field]: all }));
  const texts = ["author", "since", "cursor", "output", "status", "order", "max_tokens", all];
  return [
    ...[all, `https://github.com/${all}/widgets/pull/7`, `${prUrl}?token=${all}#${all}`].map(
      (url) => ({ pr_url: url }),
    ),
    ...where,
    ...texts.map((field) => ({ pr_url: prUrl, [field]: all })),
    { pr_url: prUrl, path: [all], include: [all] },
    { pr_url: prUrl, path: all.split(" ").slice(0, 3) },
  ];
}

function postJson(path: string, body: object, credential: string): Shot {
  return { method: "POST", path, headers: withKey(credential), body: JSON.stringify(body) };
}

function callTool(name: string, args: object, credential: string, version = "2026-07-28"): Shot {
  const isModern = version === "2026-07-28";
  const _meta = {
    "io.modelcontextprotocol/protocolVersion": version,
    "io.modelcontextprotocol/clientInfo": { name: "canary", version: "0" },
    "io.modelcontextprotocol/clientCapabilities": {},
  };
  const shot = postJson("/mcp", toolCall(name, args, isModern ? { _meta } : {}), credential);
  const named = { "mcp-method": "tools/call", "mcp-name": name };
  const headers = { "mcp-protocol-version": version, ...(isModern && named) };
  return { ...shot, headers: { ...shot.headers, ...headers } };
}

function toolCall(name: string, args: object, more: object = {}): object {
  return {
    jsonrpc: "2.0",
    id: 1,
    method: "tools/call",
    params: { name, arguments: args, ...more },
  };
}

/** Opens a stream, and asks there. */
function overSse(message: object, credential: string): Shot {
  const headers = withKey(credential);
  return { method: "GET", path: "/sse", headers, message: JSON.stringify(message) };
}
