import { MemoryRateLimiter } from "@pr-review/rate-limiter";
import { generateKey, TokenStoreError } from "@pr-review/token-store";
import { expect, it } from "vitest";

import { adminToken, harness, json, prUrl } from "./harness.ts";

const guarded = [
  ["POST", "/api/fetch-comments"],
  ["POST", "/mcp"],
  ["GET", "/mcp"],
  ["DELETE", "/mcp"],
  ["POST", "/api/other"],
] as const;

it.each(guarded)("asks for a key at %s %s, and says how to send one", async (method, path) => {
  const { url } = await harness();
  const response = await fetch(url + path, { method });
  expect(response.status).toBe(401);
  expect(response.headers.get("www-authenticate")).toBe('Bearer realm="pr-review-mcp"');
  expect(await response.json()).toMatchObject({ code: "missing-credentials" });
});

it.each(guarded)("answers every wrong key at %s %s in the same bytes", async (method, path) => {
  const { url, tokens, key } = await harness();
  await tokens.revoke(key);
  const wrong = [key, generateKey().key, `${key}x`, "mcp_x", adminToken, "ключ"];
  const bodies = await Promise.all(
    wrong.map(async (text) => {
      const authorization = Buffer.from(`Bearer ${text}`).toString("latin1");
      const response = await fetch(url + path, { method, headers: { authorization } });
      expect(response.status).toBe(401);
      expect(response.headers.get("www-authenticate")).toContain('error="invalid_token"');
      return (await response.text()).replace(/"request_id":"[^"]+"/, "");
    }),
  );
  expect(new Set(bodies).size).toBe(1);
});

it("takes no key from the query string", async () => {
  const { url, key } = await harness();
  expect((await fetch(`${url}/mcp?key=${key}&token=${key}`, { method: "POST" })).status).toBe(401);
});

it("lets the limit through and not one call more, each answer with its headers", async () => {
  const { post, double } = await harness({ limiter: new MemoryRateLimiter({ limit: 3 }) });
  const statuses = [];
  for (let i = 0; i < 5; i += 1) {
    const response = await post("/api/fetch-comments", { pr_url: prUrl });
    statuses.push([response.status, response.headers.get("x-ratelimit-remaining")]);
  }
  expect(statuses).toEqual([
    [200, "2"],
    [200, "1"],
    [200, "0"],
    [429, "0"],
    [429, "0"],
  ]);
  const asked = double.requests.length;
  const denied = await post("/mcp", {});
  expect(denied.status).toBe(429);
  expect(Number(denied.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(await denied.json()).toMatchObject({ code: "rate-limited" });
  expect(double.requests).toHaveLength(asked);
});

it("limits nobody when told so", async () => {
  const { post } = await harness({ limiter: undefined });
  const response = await post("/api/fetch-comments", { pr_url: prUrl });
  expect(response.status).toBe(200);
  expect(response.headers.get("x-ratelimit-limit")).toBeNull();
});

it.each(["http://evil.tld", "null", "https://127.0.0.1.evil.tld", "http://allowed.evil.com"])(
  "refuses a page of %s (W15)",
  async (origin) => {
    const { post } = await harness();
    expect((await post("/mcp", {}, { origin })).status).toBe(403);
    expect((await post("/api/fetch-comments", { pr_url: prUrl }, { origin })).status).toBe(403);
  },
);

it("answers a store that is down with 503 and when to try again, not with 401", async () => {
  const { post, tokens } = await harness();
  tokens.find = () =>
    Promise.reject(new TokenStoreError("store-unavailable", "The key store does not answer."));
  const response = await post("/api/fetch-comments", { pr_url: prUrl });
  expect(response.status).toBe(503);
  expect(Number(response.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(response.headers.get("www-authenticate")).toBeNull();
  expect(await response.json()).toMatchObject({ code: "store-unavailable" });
});

it("answers a store that fails for reasons unknown with 500, and tells none of them", async () => {
  const { post, tokens } = await harness();
  tokens.find = () => Promise.reject(new Error("connection to redis://secret lost"));
  const response = await post("/api/fetch-comments", { pr_url: prUrl });
  expect(response.status).toBe(500);
  expect(await response.text()).not.toContain("redis");
});

it("refuses a key without the scope to read, and names the scope", async () => {
  const { post, tokens } = await harness();
  const grant = { githubToken: "ghp_x", githubHost: "github.com", scopes: ["comments:write"] };
  const { key } = await tokens.issue(grant);
  for (const path of ["/api/fetch-comments", "/mcp"]) {
    const response = await post(path, { pr_url: prUrl }, { authorization: `Bearer ${key}` });
    expect(response.status).toBe(403);
    expect(response.headers.get("www-authenticate")).toContain('scope="comments:read"');
    expect(await response.json()).toMatchObject({ code: "insufficient-scope" });
  }
});

it("holds a key to its repositories, over REST and MCP alike", async () => {
  const { post, tokens, double } = await harness();
  const grant = { githubToken: "ghp_x", githubHost: "github.com", allowedRepos: ["acme/gears"] };
  const { key } = await tokens.issue(grant);
  const authorization = `Bearer ${key}`;
  const rest = await post("/api/fetch-comments", { pr_url: prUrl }, { authorization });
  expect([rest.status, (await json(rest)).code]).toEqual([403, "repository-not-allowed"]);
  const call = {
    jsonrpc: "2.0",
    id: 1,
    method: "tools/call",
    params: { name: "check_access", arguments: { pr_url: prUrl } },
  };
  const accept = "application/json, text/event-stream";
  const mcp = await post("/mcp", call, { authorization, accept });
  expect(await mcp.text()).toContain("repository-not-allowed");
  expect(double.requests).toEqual([]);
});

it.each([
  [{}, "repository-required"],
  [{ pr_url: prUrl }, "repository-not-allowed"],
])("holds a key to its repositories where ids name none: given %j, %s", async (more, code) => {
  const { post, tokens, double } = await harness();
  const grant = { githubToken: "ghp_x", githubHost: "github.com", allowedRepos: ["acme/gears"] };
  const { key } = await tokens.issue(grant);
  const params = {
    name: "get_review_threads",
    arguments: { thread_ids: ["PRRT_widgets_7_1"], ...more },
  };
  const headers = {
    authorization: `Bearer ${key}`,
    accept: "application/json, text/event-stream",
  };
  const call = { jsonrpc: "2.0", id: 1, method: "tools/call", params };
  expect(await (await post("/mcp", call, headers)).text()).toContain(`"code":"${code}"`);
  expect(double.requests).toEqual([]);
});

it("gives a key the limit of its own in place of the server's", async () => {
  const { post, tokens } = await harness({ limiter: new MemoryRateLimiter({ limit: 1 }) });
  const grant = { githubToken: "ghp_x", githubHost: "github.com", rateLimit: 3 };
  const { key } = await tokens.issue(grant);
  const limits = [];
  for (let i = 0; i < 4; i += 1) {
    const response = await post("/api/fetch-comments", {}, { authorization: `Bearer ${key}` });
    const { headers } = response;
    limits.push([response.status === 429, headers.get("x-ratelimit-limit")]);
    expect(headers.get("ratelimit-policy")).toBe('"default";q=3;w=60');
  }
  expect(limits).toEqual([
    [false, "3"],
    [false, "3"],
    [false, "3"],
    [true, "3"],
  ]);
});

it("refuses an expired and a disabled key as it refuses an unknown one", async () => {
  const { post, tokens } = await harness();
  const { key, record } = await tokens.issue({ githubToken: "ghp_x", githubHost: "github.com" });
  const authorization = `Bearer ${key}`;
  const answer = async () => {
    const response = await post("/api/fetch-comments", { pr_url: prUrl }, { authorization });
    return [response.status, (await json(response)).code];
  };
  await tokens.update(record.id, { disabled: true });
  expect(await answer()).toEqual([401, "invalid-key"]);
  await tokens.update(record.id, { disabled: false, expiresAt: Date.now() - 1 });
  expect(await answer()).toEqual([401, "invalid-key"]);
});

it("stops an address that keeps showing wrong keys, but not the keys that were good there", async () => {
  const { post, tokens } = await harness();
  expect((await post("/api/fetch-comments", { pr_url: prUrl })).status).toBe(200);
  const looked: string[] = [];
  const find = tokens.find.bind(tokens);
  tokens.find = (key) => {
    looked.push(key);
    return find(key);
  };
  const statuses = [];
  for (let i = 0; i < 30; i += 1) {
    const authorization = `Bearer ${generateKey().key}`;
    statuses.push((await post("/mcp", {}, { authorization })).status);
  }
  expect(statuses.filter((status) => status === 401)).toHaveLength(20);
  expect(statuses.slice(20)).toEqual(Array.from({ length: 10 }, () => 429));
  expect(looked).toHaveLength(20);
  expect((await post("/api/fetch-comments", { pr_url: prUrl })).status).toBe(200);
});

it("writes no key and no token to its log, whatever fails", async () => {
  const { url, double, post, key, logged } = await harness({
    env: { PR_FETCH_CACHE_SECONDS: "0" },
  });
  for (const status of [401, 403, 429, 502]) {
    double.fail({ kind: "status", status, body: { message: "ghp_canary" }, times: 2 });
    await post("/api/fetch-comments", { pr_url: prUrl });
  }
  double.fail({ kind: "reset", times: 2 });
  await post("/api/fetch-comments", { pr_url: prUrl });
  await fetch(`${url}/admin/tokens/${key}`, {
    method: "DELETE",
    headers: { authorization: `Bearer ${adminToken}` },
  });
  expect(logged()).toContain("/admin/tokens/mcp_...");
  expect(logged()).not.toContain(key);
  expect(logged()).not.toMatch(/ghp_|admin-token/);
});
