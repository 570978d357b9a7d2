import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, onTestFinished, test } from "vitest";

import { adminToken, problem, startAdminApi } from "./admin-api.ts";
import { runCli } from "./run-cli.ts";

const variables = { MCP_ADMIN_TOKEN: adminToken };

function file(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), "admin-cli-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "secrets.json");
  writeFileSync(path, text);
  return path;
}

test("sends the GitHub token that is piped in, and what the key is for", async () => {
  const api = await startAdminApi();
  const { error } = await runCli(
    ["create", "--url", api.url, "--user", "ada", "--description", "laptop", "--host", "ghe.test"],
    { variables, piped: "ghp_1\n" },
  );

  expect(error).toBeUndefined();
  expect(api.calls).toEqual([
    {
      method: "POST",
      path: "/admin/tokens",
      authorization: `Bearer ${adminToken}`,
      body: {
        github_token: "ghp_1",
        user_id: "ada",
        description: "laptop",
        github_host: "ghe.test",
      },
    },
  ]);
});

test("leaves out what is not given", async () => {
  const api = await startAdminApi();
  await runCli(["create", "--url", api.url], { variables, piped: "ghp_1" });

  expect(api.calls[0]?.body).toEqual({ github_token: "ghp_1" });
});

test("shows the key once, and how to use it, but neither token", async () => {
  const api = await startAdminApi();
  const { stdout, stderr } = await runCli(["create", "--url", api.url, "--user", "ada"], {
    variables,
    piped: "ghp_1",
  });

  expect(stdout.split("mcp_key-of-k1")).toHaveLength(2);
  expect(stdout).toMatch(/│ k1 +│ ada +│ - +│ github.com │/);
  expect(stdout).toContain("The key is shown once, store it now");
  expect(stdout).toContain(`URL     ${api.url}/mcp`);
  expect(stdout).toContain("Header  Authorization: Bearer <key>");
  expect(stdout + stderr).not.toMatch(/ghp_1|admin-secret/);
});

test("prints the answer as it is with --json", async () => {
  const api = await startAdminApi();
  const { stdout, stderr } = await runCli(["create", "--url", api.url, "--json"], {
    variables,
    piped: "ghp_1",
  });

  expect(JSON.parse(stdout)).toEqual({
    mcp_key: "mcp_key-of-k1",
    key_id: "k1",
    user_id: null,
    description: null,
    github_host: "github.com",
    created_at: "2026-03-01T10:00:00.000Z",
  });
  expect(stderr).toBe("");
});

test("reads the GitHub token from a file, and the admin token from standard input", async () => {
  const api = await startAdminApi();
  const args = ["create", "--url", api.url, "--admin-token-file", "-", "--github-token-file"];
  const { error } = await runCli([...args, file("ghp_1\n")], { piped: adminToken });

  expect(error).toBeUndefined();
  expect(api.calls[0]?.body).toEqual({ github_token: "ghp_1" });
});

test("refuses to read both tokens from standard input, before it calls the server", async () => {
  const api = await startAdminApi();
  const { error } = await runCli(["create", "--url", api.url, "--admin-token-file", "-"], {
    piped: adminToken,
  });

  expect(error).toMatchObject({ code: "usage", exitCode: 2 });
  expect(api.calls).toEqual([]);
});

test("does not take GITHUB_TOKEN of its own accord", async () => {
  const api = await startAdminApi();
  const { error } = await runCli(["create", "--url", api.url], {
    variables: { ...variables, GITHUB_TOKEN: "ghp_1" },
  });

  expect(error).toMatchObject({ code: "invalid-secret", exitCode: 2 });
  expect(api.calls).toEqual([]);
});

test("asks for both tokens on a terminal, masked and on standard error", async () => {
  const api = await startAdminApi();
  const { stdout, stderr, error } = await runCli(["create", "--url", api.url], {
    typed: [`${adminToken}\r`, "ghp_1\r"],
  });

  expect(error).toBeUndefined();
  expect(api.calls[0]).toMatchObject({
    authorization: `Bearer ${adminToken}`,
    body: { github_token: "ghp_1" },
  });
  expect(stderr).toContain("The admin token");
  expect(stderr).toContain("The GitHub token");
  expect(stdout + stderr).not.toMatch(/ghp_1|admin-secret/);
});

test("is cancelled by Ctrl-C at a prompt", async () => {
  const api = await startAdminApi();
  const { error } = await runCli(["create", "--url", api.url], { variables, typed: ["\u0003"] });

  expect(error).toMatchObject({ code: "cancelled", exitCode: 130 });
  expect(api.calls).toEqual([]);
});

test("takes the admin token of a local server from its data folder", async () => {
  const api = await startAdminApi();
  const path = file(JSON.stringify({ MCP_ADMIN_TOKEN: adminToken }));
  const { error } = await runCli(["create", "--url", api.url], {
    variables: { MCP_DATA_DIR: join(path, "..") },
    piped: "ghp_1",
  });

  expect(error).toBeUndefined();
  expect(api.tokens).toHaveLength(1);
});

test("prints nothing on standard output when the server refuses", async () => {
  const api = await startAdminApi({
    answer: problem(422, { detail: "GitHub refuses the token." }),
  });
  const { stdout, error } = await runCli(["create", "--url", api.url], {
    variables,
    piped: "ghp_1",
  });

  expect(stdout).toBe("");
  expect(error).toMatchObject({ code: "refused", message: "GitHub refuses the token." });
});
