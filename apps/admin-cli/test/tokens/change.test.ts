import { expect, test } from "vitest";

import { aToken, adminToken, startAdminApi } from "../admin-api.ts";
import { runCli } from "../run-cli.ts";

const variables = { MCP_ADMIN_TOKEN: adminToken };

async function apiOf(body: object) {
  return startAdminApi({ answer: { status: 200, body } });
}

test("shows all that is known of a key, for people and for scripts", async () => {
  const token = aToken({
    user_id: "ada",
    scopes: ["comments:read", "comments:write"],
    read_only: true,
    allowed_repos: ["acme/*"],
    github_login: "ada-l",
    state: "disabled",
    disabled_reason: "idle",
  });
  const api = await apiOf(token);
  const args = ["tokens", "show", "k1", "--url", api.url];
  const { stdout } = await runCli(args, { variables });

  expect(stdout).toMatch(/State +│ disabled \(idle\)/);
  expect(stdout).toMatch(/Scopes +│ comments:read comments:write \(read-only\)/);
  expect(stdout).toMatch(/Repositories +│ acme\/\*/);
  expect(stdout).toMatch(/GitHub +│ ada-l on github\.com/);
  expect(stdout).toMatch(/Expires +│ never/);
  expect(JSON.parse((await runCli([...args, "--json"], { variables })).stdout)).toEqual(token);
});

test("changes what is named and clears what is to be empty", async () => {
  const api = await apiOf({ ...aToken(), warnings: [] });
  const change = "--user ada --no-read-only --rate-limit 9 --clear description,repos,ips,expires";
  await runCli(["tokens", "update", "k1", "--url", api.url, ...change.split(" ")], { variables });

  expect(api.calls).toMatchObject([{ method: "PATCH", path: "/admin/tokens/k1" }]);
  expect(api.calls[0]?.body).toEqual({
    user_id: "ada",
    read_only: false,
    rate_limit: 9,
    description: null,
    allowed_repos: null,
    allowed_ips: null,
    expires_at: null,
  });
});

test("replaces the GitHub token behind a key, which is piped in", async () => {
  const api = await apiOf({ ...aToken(), warnings: [] });
  const args = ["tokens", "update", "k1", "--url", api.url, "--github-token-file", "-"];
  await runCli(args, { variables, piped: "ghp_2\n" });

  expect(api.calls[0]?.body).toEqual({ github_token: "ghp_2" });
});

test.each([
  [["update", "k1"], "Name what to change. See pr-review-admin tokens update --help."],
  [["update", "k1", "--clear", "scopes"], "--clear takes some of user, description"],
  [["update", "mcp_1aaaaaaaaaabbbbbbbbbbbbbbbbbbbbbbbbbbbbb"], "That is a key, not its id."],
  [["rotate", "k1", "--grace", "a day"], "--grace takes a duration"],
  [["rotate", "k1", "--expires", "never"], "--expires takes a duration such as 30d"],
])("refuses %j before it calls the server", async (args, message) => {
  const api = await startAdminApi();
  const { error } = await runCli(["tokens", ...args, "--url", api.url], { variables });

  expect(error).toMatchObject({ code: "usage", message: expect.stringContaining(message) });
  expect(api.calls).toEqual([]);
});

test.each([
  ["disable", true, "disabled", "Disabled the key k1.\n"],
  ["enable", false, "active", "Enabled the key k1.\n"],
  ["enable", false, "expired", "Enabled the key k1. It has expired all the same.\n"],
] as const)("%ss a key", async (command, disabled, state, said) => {
  const api = await apiOf({ ...aToken({ disabled, state }), warnings: [] });
  const { stdout } = await runCli(["tokens", command, "k1", "--url", api.url], { variables });

  expect(stdout).toBe(said);
  expect(api.calls[0]).toMatchObject({ method: "PATCH", body: { disabled } });
});

test("rotates a key without asking when it works on for a while, and shows both", async () => {
  const previous = aToken({ expires_at: "2026-03-02T10:00:00.000Z", rotated_to: "k2" });
  const made = { ...aToken({ key_id: "k2", rotated_from: "k1" }), mcp_key: "mcp_2", previous };
  const api = await apiOf(made);
  const args = ["tokens", "rotate", "k1", "--url", api.url, "--expires", "90d"];
  const { stdout } = await runCli(args, { variables });

  expect(api.calls[0]).toMatchObject({
    method: "POST",
    path: "/admin/tokens/k1/rotate",
    body: { grace: "24h", expires_in: "90d" },
  });
  expect(stdout).toMatch(/│ k1 .*│ 2026-03-02 10:00Z │\n│ k2 .*│ never/);
  expect(stdout.split("mcp_2")).toHaveLength(2);
  expect(JSON.parse((await runCli([...args, "--json"], { variables })).stdout)).toEqual(made);
});

test("asks before it ends a key at once", async () => {
  const api = await startAdminApi();
  const args = ["tokens", "rotate", "k1", "--url", api.url, "--grace", "0s"];

  expect((await runCli(args, { variables })).error).toMatchObject({
    code: "usage",
    message: "There is no terminal to confirm on. Pass --yes to go ahead.",
  });
  expect((await runCli(args, { variables, typed: ["n"] })).error).toMatchObject({
    code: "cancelled",
    message: "Nothing was changed.",
  });
  expect(api.calls).toEqual([]);
});
