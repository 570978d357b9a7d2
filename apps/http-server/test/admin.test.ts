import { createHash, randomBytes } from "node:crypto";

import {
  createAdminGate,
  FailureLimiter,
  parseAdminTokens,
  plainAdminToken,
} from "@pr-review/auth";
import { demoTokens } from "@pr-review/github-double";
import { MemoryRateLimiter } from "@pr-review/rate-limiter";
import { expect, it } from "vitest";

import { adminToken, type Harness, harness, json, prUrl } from "./harness.ts";

const asAdmin = { authorization: `Bearer ${adminToken}` };

const admin = ({ url }: Harness, method: string, path = "") =>
  fetch(`${url}/admin/tokens${path}`, { method, headers: asAdmin });

it("issues a key that works at once, shown this one time (W16)", async () => {
  const server = await harness();
  const grant = { github_token: demoTokens.alice, user_id: "bob", description: "CI" };
  const response = await server.post("/admin/tokens", grant, asAdmin);
  expect(response.status).toBe(200);
  expect(response.headers.get("cache-control")).toBe("no-store");
  const issued = await json(response);
  expect(issued).toMatchObject({ user_id: "bob", description: "CI", github_host: "github.com" });
  expect(issued.created_at).toBe(new Date(issued.created_at).toISOString());

  const authorization = `Bearer ${issued.mcp_key}`;
  const call = await server.post("/api/fetch-comments", { pr_url: prUrl }, { authorization });
  expect(call.status).toBe(200);

  const list = await (await admin(server, "GET")).text();
  expect(JSON.parse(list)).toMatchObject({
    tokens: [
      { user_id: "alice" },
      { user_id: "bob", key_id: issued.key_id, last_used_at: expect.any(String) },
    ],
    next_cursor: null,
  });
  expect(list).not.toContain(issued.mcp_key);
  expect(list).not.toContain(demoTokens.alice.slice(0, 8));
});

it("revokes by id or by whole key, and the next call fails", async () => {
  const server = await harness();
  const { record } = await server.tokens.issue({ githubToken: "ghp_x", githubHost: "github.com" });
  const byId = await admin(server, "DELETE", `/${record.id}`);
  expect(await json(byId)).toEqual({ status: "deleted", key_id: record.id });
  const byKey = await admin(server, "DELETE", `/${server.key}`);
  expect(await byKey.text()).not.toContain(server.key);
  expect((await server.post("/api/fetch-comments", { pr_url: prUrl })).status).toBe(401);

  const again = await admin(server, "DELETE", `/${record.id}`);
  expect([again.status, (await json(again)).code]).toEqual([404, "no-such-key"]);
});

it.each([
  [{}, "github_token"],
  [{ github_token: "" }, "github_token"],
  [{ github_token: "   " }, "github_token"],
  [{ github_token: 7 }, "github_token"],
  [{ github_token: "ghp_secret\u0000" }, "github_token"],
  [{ github_token: `ghp_secret${"x".repeat(4_096)}` }, "github_token"],
  [{ github_token: "ghp_secret", user_id: "x".repeat(129) }, "user_id"],
  [{ github_token: "ghp_secret", user_id: "a\nb" }, "user_id"],
  [{ github_token: "ghp_secret", user_id: "" }, "user_id"],
  [{ github_token: "ghp_secret", description: "\u202e" }, "description"],
  [{ github_token: "ghp_secret", admin: true }, "admin"],
  [{ github_token: "ghp_secret", scopes: [] }, "scopes"],
  [{ github_token: "ghp_secret", scopes: "comments:read" }, "scopes"],
  [{ github_token: "ghp_secret", scopes: ["admin"] }, "scopes.0"],
  [{ github_token: "ghp_secret", allowed_repos: ["acme"] }, "allowed_repos.0"],
  [{ github_token: "ghp_secret", allowed_repos: ["acme/../x"] }, "allowed_repos.0"],
  [{ github_token: "ghp_secret", allowed_repos: Array(101).fill("a/b") }, "allowed_repos"],
  [{ github_token: "ghp_secret", rate_limit: 0 }, "rate_limit"],
  [{ github_token: "ghp_secret", rate_limit: 1.5 }, "rate_limit"],
  [{ github_token: "ghp_secret", rate_limit: "70" }, "rate_limit"],
  [{ github_token: "ghp_secret", expires_at: "2020-01-01T00:00:00Z" }, "expires_at"],
  [{ github_token: "ghp_secret", expires_at: "tomorrow" }, "expires_at"],
  [{ github_token: "ghp_secret", expires_at: 1_900_000_000 }, "expires_at"],
  [{ github_token: "ghp_secret", mcp_key: "mcp_short" }, "mcp_key"],
  [[], ""],
  ["null", ""],
])("refuses %j, naming the field and repeating nothing secret (W16)", async (body, field) => {
  const { post } = await harness();
  const response = await post("/admin/tokens", body, asAdmin);
  expect(response.status).toBe(400);
  const problem = await response.text();
  expect(JSON.parse(problem)).toMatchObject({
    code: "invalid-request",
    errors: expect.arrayContaining([{ field, message: expect.stringMatching(/\w/) }]),
  });
  expect(problem).not.toContain("ghp_secret");
});

it("binds a key to an allowed host only", async () => {
  const { post } = await harness({ env: { GITHUB_ALLOWED_HOSTS: "ghe.corp" } });
  const bound = await post(
    "/admin/tokens?check=false",
    { github_token: "t", github_host: "GHE.corp" },
    asAdmin,
  );
  expect(await json(bound)).toMatchObject({ github_host: "ghe.corp" });
  const evil = await post("/admin/tokens", { github_token: "t", github_host: "evil.tld" }, asAdmin);
  expect([evil.status, (await json(evil)).code]).toEqual([403, "host-not-allowed"]);
});

it.each(["GET", "POST", "DELETE"])("lets no user key in: %s", async (method) => {
  const { url, key } = await harness();
  const path = method === "DELETE" ? "/admin/tokens/x" : "/admin/tokens";
  for (const [authorization, status] of [
    [`Bearer ${key}`, 403],
    ["Bearer wrong", 403],
    ["", 401],
  ] as const) {
    const response = await fetch(url + path, { method, headers: { authorization } });
    expect(response.status).toBe(status);
  }
});

it("issues a key with limits of its own, and lists them", async () => {
  const server = await harness();
  const expires_at = new Date(Date.now() + 60_000).toISOString();
  const limits = {
    scopes: ["comments:read", "comments:write"],
    allowed_repos: ["acme/*"],
    rate_limit: 120,
    expires_at,
  };
  const body = { github_token: demoTokens.alice, user_id: "carol", ...limits };
  const issued = await json(await server.post("/admin/tokens", body, asAdmin));
  expect(issued).toMatchObject({ ...limits, disabled: false });
  expect(await json(await admin(server, "GET"))).toMatchObject({
    tokens: [{ user_id: "alice", allowed_repos: null, rate_limit: null, expires_at: null }, limits],
  });
});

it("imports a key of the earlier server, which then works, and does not repeat it", async () => {
  const server = await harness();
  const mcp_key = `mcp_${randomBytes(32).toString("base64url")}`;
  const body = { github_token: demoTokens.alice, mcp_key };
  const imported = await server.post("/admin/tokens", body, asAdmin);
  const text = await imported.text();
  expect(imported.status).toBe(200);
  expect(JSON.parse(text)).toMatchObject({ mcp_key: null });
  expect(text).not.toContain(mcp_key);
  const authorization = `Bearer ${mcp_key}`;
  const call = await server.post("/api/fetch-comments", { pr_url: prUrl }, { authorization });
  expect(call.status).toBe(200);
  const again = await server.post("/admin/tokens", body, asAdmin);
  expect([again.status, (await json(again)).code]).toEqual([409, "key-taken"]);
});

const digestOf = (text: string) => createHash("sha256").update(text).digest("hex");

it("lets each admin do what its scopes allow, and names the one that is missing", async () => {
  const scoped = { reader: "tokens:read", revoker: "tokens:revoke", watcher: "stats:read" };
  const list = Object.entries(scoped).map(([name, scope]) => `${name}|${scope}|${digestOf(name)}`);
  const { url } = await harness({ admin: createAdminGate(parseAdminTokens(list.join())) });
  const routes = [
    ["GET", "/admin/tokens", "reader", 200],
    ["DELETE", "/admin/tokens/none", "revoker", 404],
    ["GET", "/metrics", "watcher", 200],
  ] as const;
  for (const [method, path, owner, status] of routes) {
    const answers = await Promise.all(
      Object.keys(scoped).map(async (name) => {
        const headers = { authorization: `Bearer ${name}` };
        const response = await fetch(url + path, { method, headers });
        return { name, status: response.status, text: await response.text() };
      }),
    );
    const allowed = answers.filter((answer) => answer.status !== 403);
    expect(allowed).toMatchObject([{ name: owner, status }]);
    const refusals = answers.filter((answer) => answer.status === 403).map(({ text }) => text);
    const names = (text: string) =>
      text.includes('"admin-scope-missing"') && text.includes(scoped[owner]);
    expect(refusals.map(names)).toEqual([true, true]);
  }
});

it("answers an address that keeps showing wrong admin tokens with 429", async () => {
  const gate = createAdminGate([plainAdminToken(adminToken)], {
    failures: new FailureLimiter({ limit: 5 }),
  });
  const { url } = await harness({ admin: gate });
  const statuses = [];
  for (let i = 0; i < 8; i += 1) {
    const response = await fetch(`${url}/admin/tokens`, {
      headers: { authorization: `Bearer wrong-${i}` },
    });
    statuses.push(response.status);
  }
  expect(statuses).toEqual([403, 403, 403, 403, 403, 429, 429, 429]);
});

it("counts refusals and decisions under /metrics, without a name of anybody", async () => {
  const server = await harness({ limiter: new MemoryRateLimiter({ limit: 1 }) });
  await server.post("/api/fetch-comments", { pr_url: prUrl });
  await server.post("/api/fetch-comments", { pr_url: prUrl });
  await server.post("/mcp", {}, { authorization: "Bearer wrong" });
  const response = await fetch(`${server.url}/metrics`, { headers: asAdmin });
  expect(response.headers.get("content-type")).toContain("text/plain");
  const text = await response.text();
  expect(text).toContain('pr_review_rate_limit_decisions_total{outcome="admitted"} 1');
  expect(text).toContain('pr_review_rate_limit_decisions_total{outcome="denied"} 1');
  expect(text).toContain('pr_review_problems_total{code="invalid-key"} 1');
  expect(text).not.toMatch(/alice|mcp_/);
});
