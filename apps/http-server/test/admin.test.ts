import { demoTokens } from "@pr-review/github-double";
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
    "/admin/tokens",
    { github_token: "t", github_host: "GHE.corp" },
    asAdmin,
  );
  expect(await json(bound)).toMatchObject({ github_host: "ghe.corp" });
  const evil = await post("/admin/tokens", { github_token: "t", github_host: "evil.tld" }, asAdmin);
  expect([evil.status, (await json(evil)).code]).toEqual([403, "host-not-allowed"]);
});

it.each(["GET", "POST", "DELETE"])("lets no user key in: %s", async (method) => {
  const { url, key } = await harness();
  for (const [authorization, status] of [
    [`Bearer ${key}`, 403],
    ["Bearer wrong", 403],
    ["", 401],
  ] as const) {
    const response = await fetch(`${url}/admin/tokens`, { method, headers: { authorization } });
    expect(response.status).toBe(status);
  }
});
