import { createHash } from "node:crypto";

import { createAdminGate, parseAdminTokens } from "@pr-review/auth";
import { demoTokens } from "@pr-review/github-double";
import { expect, it } from "vitest";

import { json } from "../harness.ts";
import { adminRig, pr } from "./admin.ts";

const github_token = demoTokens.alice;

it("asks GitHub whose token it is, keeps the answer, and refuses a token GitHub refuses", async () => {
  const { ask, tokens, double } = await adminRig();
  const { body } = await ask("POST", "/admin/tokens", { github_token, user_id: "alice" });
  expect(body).toMatchObject({
    github_login: "alice",
    state: "active",
    warnings: expect.any(Array),
  });
  const refused = await ask("POST", "/admin/tokens", { github_token: "ghp_nobody" });
  expect([refused.status, refused.body.code]).toEqual([403, "github-token-refused"]);
  const before = [await tokens.count(), double.requests.length];
  const unchecked = await ask("POST", "/admin/tokens?check=false", { github_token: "ghp_nobody" });
  expect(unchecked.body).toMatchObject({ github_login: null, warnings: [] });
  expect([await tokens.count(), double.requests.length]).toEqual([(before[0] ?? 0) + 1, before[1]]);
});

it("makes one key for one reference, and says which that is", async () => {
  const { ask } = await adminRig();
  const grant = { github_token, reference: "batch-7/12" };
  const first = await ask("POST", "/admin/tokens", grant);
  const second = await ask("POST", "/admin/tokens", grant);
  expect(second).toMatchObject({
    status: 409,
    body: { code: "key-taken", key_id: first.body.key_id },
  });
});

it("changes what is named, clears what is null, and leaves the rest", async () => {
  const { ask, use } = await adminRig();
  const grant = { github_token, user_id: "bob", description: "CI", rate_limit: 5 };
  const { body: made } = await ask("POST", "/admin/tokens", grant);
  const path = `/admin/tokens/${made.key_id}`;
  const change = { description: null, rate_limit: 9, scopes: ["comments:read"], expires_in: "2d" };
  const { body: changed } = await ask("PATCH", path, change);
  expect(changed).toMatchObject({ user_id: "bob", description: null, rate_limit: 9 });
  expect(Date.parse(String(changed["expires_at"])) - Date.now()).toBeGreaterThan(47 * 3_600_000);
  expect((await ask("GET", path)).body).toMatchObject({
    rate_limit: 9,
    version: changed["version"],
  });

  await ask("PATCH", path, { disabled: true });
  expect((await use(made.mcp_key)).status).toBe(401);
  await ask("PATCH", path, { disabled: false });
  expect((await use(made.mcp_key)).status).toBe(200);

  const swapped = await ask("PATCH", path, { github_token: demoTokens.bob });
  expect(swapped.body).toMatchObject({ github_login: "bob" });
  expect((await ask("PATCH", path, {})).body.code).toBe("invalid-request");
  expect((await ask("PATCH", "/admin/tokens/0000000000", change)).body.code).toBe("no-such-key");
});

it("lets an admin of limits change a limit and nothing else", async () => {
  const digest = createHash("sha256").update("limits-only").digest("hex");
  const admin = createAdminGate(parseAdminTokens(`ops|limits:write|${digest}`));
  const { url, tokens } = await adminRig({ admin });
  const [record] = await tokens.list();
  const path = `${url}/admin/tokens/${record?.id ?? ""}`;
  const headers = { authorization: "Bearer limits-only", "content-type": "application/json" };
  const send = async (method: string, at: string, body: object) =>
    (await fetch(at, { method, headers, body: JSON.stringify(body) })).status;
  expect(await send("PUT", `${path}/rate-limit`, { rate_limit: 9 })).toBe(200);
  expect(await send("PUT", `${path}/rate-limit`, { rate_limit: 9, disabled: true })).toBe(400);
  expect(await send("PATCH", path, { rate_limit: 10 })).toBe(403);
  expect(await tokens.get(record?.id ?? "")).toMatchObject({ rateLimit: 9, disabled: false });
});

it("rotates: both keys work during the grace, then the new one alone", async () => {
  const { ask, use } = await adminRig();
  const grant = { github_token, user_id: "bob", allowed_repos: ["acme/*"] };
  const { body: made } = await ask("POST", "/admin/tokens", grant);
  const path = `/admin/tokens/${made.key_id}`;
  const { body: next } = await ask("POST", `${path}/rotate`, { grace: "1h" });
  expect(next).toMatchObject({
    user_id: "bob",
    allowed_repos: ["acme/*"],
    rotated_from: made.key_id,
    previous: { key_id: made.key_id, rotated_to: next.key_id },
  });
  expect([(await use(made.mcp_key)).status, (await use(next.mcp_key)).status]).toEqual([200, 200]);
  expect((await ask("POST", `${path}/rotate`, {})).body.code).toBe("already-rotated");
  const { body: last } = await ask("POST", `/admin/tokens/${next.key_id}/rotate`, { grace: "0s" });
  const statuses = [made, next, last].map(async ({ mcp_key }) => (await use(mcp_key)).status);
  expect(await Promise.all(statuses)).toEqual([401, 401, 200]);
});

it("pages through keys, whatever comes and goes meanwhile, and filters them", async () => {
  const { ask, tokens } = await adminRig();
  for (let i = 0; i < 24; i += 1) {
    const expiresAt = i % 2 === 0 ? Date.now() + 3_600_000 : undefined;
    const userId = `user-${i % 3}`;
    await tokens.issue({ githubToken: "ghp_x", githubHost: "github.com", userId, expiresAt });
  }
  const count = async (query: string) =>
    ((await ask("GET", `/admin/tokens?${query}`)).body["tokens"] as unknown[]).length;
  expect(await count("user_id=user-1")).toBe(8);
  expect(await count("expiring_within=2h")).toBe(12);
  expect(await count("expiring_within=5m")).toBe(0);
  expect(await count("state=disabled")).toBe(0);

  const seen: string[] = [];
  let cursor = "";
  do {
    const page = await ask("GET", `/admin/tokens?limit=7${cursor}`);
    const found = page.body["tokens"] as { key_id: string }[];
    seen.push(...found.map(({ key_id }) => key_id));
    if (seen.length === 7) await tokens.revoke(seen[0] ?? "");
    const next = page.body["next_cursor"];
    cursor = typeof next === "string" ? `&cursor=${next}` : "";
  } while (cursor !== "");
  expect([seen.length, new Set(seen).size]).toEqual([25, 25]);

  for (const query of ["limit=0", "state=odd", "cursor=x", "colour=red", "expiring_within=soon"]) {
    expect((await ask("GET", `/admin/tokens?${query}`)).body.code).toBe("invalid-request");
  }
});

it("holds a key to its addresses, on REST and on MCP", async () => {
  const { ask, use, post } = await adminRig();
  const grant = { github_token, allowed_ips: ["10.0.0.0/8", "2001:db8::/32"] };
  const { body: made } = await ask("POST", "/admin/tokens", grant);
  const refused = await use(made.mcp_key);
  expect([refused.status, (await json(refused)).code]).toEqual([403, "address-not-allowed"]);
  const headers = { authorization: `Bearer ${made.mcp_key}` };
  expect((await post("/mcp", {}, headers)).status).toBe(403);
  await ask("PATCH", `/admin/tokens/${made.key_id}`, { allowed_ips: ["127.0.0.1"] });
  expect((await use(made.mcp_key)).status).toBe(200);
  expect(
    (await ask("POST", "/admin/tokens", { ...grant, allowed_ips: ["home"] })).body,
  ).toMatchObject({
    code: "invalid-request",
    errors: [{ field: "allowed_ips.0" }],
  });
});

it("refuses a repository outside of a key's globs before GitHub is asked", async () => {
  const { ask, use, double } = await adminRig();
  const { body } = await ask("POST", "/admin/tokens", { github_token, allowed_repos: ["acme/g*"] });
  const asked = double.requests.length;
  expect((await json(await use(body.mcp_key, pr))).code).toBe("repository-not-allowed");
  expect(double.requests.length).toBe(asked);
});

it("lets the owner of a key look at it and change it for a new one, and no admin route", async () => {
  const { ask, url, use, tokens } = await adminRig();
  const expires_at = new Date(Date.now() + 86_400_000).toISOString();
  const { body: made } = await ask("POST", "/admin/tokens", {
    github_token,
    user_id: "bob",
    expires_at,
  });
  await use(made.mcp_key);
  const headers = { authorization: `Bearer ${made.mcp_key}`, "content-type": "application/json" };
  expect(await json(await fetch(`${url}/api/me`, { headers }))).toMatchObject({
    key_id: made.key_id,
    user_id: "bob",
    usage_today: { calls: 1, errors: 0, denials: 0 },
  });
  const rotate = async (body: object) =>
    fetch(`${url}/api/keys/rotate`, { method: "POST", headers, body: JSON.stringify(body) });
  expect((await rotate({ grace: "8d" })).status).toBe(400);
  expect((await rotate({ expires_in: "99d" })).status).toBe(400);
  const next = await json(await rotate({ grace: "5m" }));
  expect(next).toMatchObject({ rotated_from: made.key_id, expires_at });
  expect((await use(next.mcp_key)).status).toBe(200);
  expect((await tokens.list()).length).toBe(3);
  expect((await fetch(`${url}/admin/tokens`, { headers })).status).toBe(403);
});
