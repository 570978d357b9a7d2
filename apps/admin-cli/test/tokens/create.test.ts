import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, onTestFinished, test } from "vitest";

import { aToken, adminToken, problem, startAdminApi } from "../admin-api.ts";
import { runCli } from "../run-cli.ts";

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
    [
      "tokens",
      "create",
      "--url",
      api.url,
      "--user",
      "ada",
      "--description",
      "laptop",
      "--host",
      "ghe.test",
    ],
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
  await runCli(["tokens", "create", "--url", api.url], { variables, piped: "ghp_1" });

  expect(api.calls[0]?.body).toEqual({ github_token: "ghp_1" });
});

test("shows the key once, and how to use it, but neither token", async () => {
  const api = await startAdminApi();
  const { stdout, stderr } = await runCli(["tokens", "create", "--url", api.url, "--user", "ada"], {
    variables,
    piped: "ghp_1",
  });

  expect(stdout.split("mcp_key-of-k1")).toHaveLength(2);
  expect(stdout).toMatch(/│ k1 +│ ada +│ - +│ github.com │ active │/);
  expect(stdout).toContain("The key is shown once, store it now");
  expect(stdout).toContain(`URL     ${api.url}/mcp`);
  expect(stdout).toContain("Header  Authorization: Bearer <key>");
  expect(stdout + stderr).not.toMatch(/ghp_1|admin-secret/);
});

test("prints the answer as it is with --json", async () => {
  const api = await startAdminApi();
  const { stdout, stderr } = await runCli(["tokens", "create", "--url", api.url, "--json"], {
    variables,
    piped: "ghp_1",
  });

  expect(JSON.parse(stdout)).toEqual({
    mcp_key: "mcp_key-of-k1",
    ...aToken(),
    warnings: [],
  });
  expect(stderr).toBe("");
});

test("reads the GitHub token from a file, and the admin token from standard input", async () => {
  const api = await startAdminApi();
  const args = [
    "tokens",
    "create",
    "--url",
    api.url,
    "--admin-token-file",
    "-",
    "--github-token-file",
  ];
  const { error } = await runCli([...args, file("ghp_1\n")], { piped: adminToken });

  expect(error).toBeUndefined();
  expect(api.calls[0]?.body).toEqual({ github_token: "ghp_1" });
});

test("refuses to read both tokens from standard input, before it calls the server", async () => {
  const api = await startAdminApi();
  const { error } = await runCli(
    ["tokens", "create", "--url", api.url, "--admin-token-file", "-"],
    {
      piped: adminToken,
    },
  );

  expect(error).toMatchObject({ code: "usage", exitCode: 2 });
  expect(api.calls).toEqual([]);
});

test("does not take GITHUB_TOKEN of its own accord", async () => {
  const api = await startAdminApi();
  const { error } = await runCli(["tokens", "create", "--url", api.url], {
    variables: { ...variables, GITHUB_TOKEN: "ghp_1" },
  });

  expect(error).toMatchObject({ code: "invalid-secret", exitCode: 2 });
  expect(api.calls).toEqual([]);
});

test("asks for both tokens on a terminal, masked and on standard error", async () => {
  const api = await startAdminApi();
  const { stdout, stderr, error } = await runCli(
    ["tokens", "create", "--url", api.url, "--user", "ada"],
    {
      typed: [`${adminToken}\r`, "ghp_1\r"],
    },
  );

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
  const { error } = await runCli(["tokens", "create", "--url", api.url], {
    variables,
    typed: ["\u0003"],
  });

  expect(error).toMatchObject({ code: "cancelled", exitCode: 130 });
  expect(api.calls).toEqual([]);
});

test("takes the admin token of a local server from its data folder", async () => {
  const api = await startAdminApi();
  const path = file(JSON.stringify({ MCP_ADMIN_TOKEN: adminToken }));
  const { error } = await runCli(["tokens", "create", "--url", api.url], {
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
  const { stdout, error } = await runCli(["tokens", "create", "--url", api.url], {
    variables,
    piped: "ghp_1",
  });

  expect(stdout).toBe("");
  expect(error).toMatchObject({ code: "refused", message: "GitHub refuses the token." });
});

test("asks a person who told neither whom and what the key is for", async () => {
  const api = await startAdminApi();
  const { stderr } = await runCli(["tokens", "create", "--url", api.url], {
    variables,
    typed: ["ghp_1\r", "ada\r", "\r"],
  });

  expect(stderr).toContain("Whom is the key for?");
  expect(stderr).toContain("What is it for?");
  expect(api.calls[0]?.body).toEqual({ github_token: "ghp_1", user_id: "ada" });
});

test("sends what the key may do, until when, and not to ask GitHub about it", async () => {
  const api = await startAdminApi();
  const policy = "--scopes comments:read,comments:write --read-only --repos acme/*,acme/widgets";
  const limits = "--ips 10.0.0.0/8 --rate-limit 5 --expires 30d --no-check";
  const args = ["tokens", "create", "--url", api.url, ...policy.split(" "), ...limits.split(" ")];
  await runCli(args, { variables, piped: "ghp_1" });

  expect(api.calls[0]).toMatchObject({
    path: "/admin/tokens?check=false",
    body: {
      github_token: "ghp_1",
      scopes: ["comments:read", "comments:write"],
      read_only: true,
      allowed_repos: ["acme/*", "acme/widgets"],
      allowed_ips: ["10.0.0.0/8"],
      rate_limit: 5,
      expires_in: "30d",
    },
  });
});

test.each([
  ["--expires", "2027-01-31", { expires_at: "2027-01-31T00:00:00.000Z" }],
  ["--expires", "2027-01-31T09:00:00+01:00", { expires_at: "2027-01-31T08:00:00.000Z" }],
  ["--expires", "never", {}],
])("takes %s %s for a time", async (option, value, sent) => {
  const api = await startAdminApi();
  const args = ["tokens", "create", "--url", api.url, option, value];
  await runCli(args, { variables, piped: "ghp_1" });

  expect(api.calls[0]?.body).toEqual({ github_token: "ghp_1", ...sent });
});

test.each([
  ["--expires", "soon"],
  ["--expires", "2027-02-31T25:00:00Z"],
  ["--rate-limit", "many"],
])("refuses %s %s before anything is made", async (option, value) => {
  const api = await startAdminApi();
  const args = ["tokens", "create", "--url", api.url, option, value];
  const { error } = await runCli(args, { variables, piped: "ghp_1" });

  expect(error).toMatchObject({ code: "usage", message: expect.stringContaining(option) });
  expect(api.calls).toEqual([]);
});

test("tells of warnings on standard error", async () => {
  const warnings = [{ code: "broad", message: "The token may delete repositories." }];
  const body = { ...aToken(), mcp_key: "mcp_1", warnings };
  const api = await startAdminApi({ answer: { status: 200, body } });
  const { stderr } = await runCli(["tokens", "create", "--url", api.url, "--json"], {
    variables,
    piped: "ghp_1",
  });

  expect(stderr).toBe("warning: The token may delete repositories.\n");
});

test("writes the key to a file only its owner can read, and shows it nowhere", async () => {
  const api = await startAdminApi();
  const out = join(file(""), "..", "key");
  for (const json of [[], ["--json"]]) {
    const args = ["tokens", "create", "--url", api.url, "--out", `${out}${json.length}`, ...json];
    const { stdout, stderr } = await runCli(args, { variables, piped: "ghp_1" });
    expect(stdout + stderr).not.toContain("mcp_key");
  }

  expect(readFileSync(`${out}0`, "utf8")).toBe("mcp_key-of-k1\n");
  expect(statSync(`${out}0`).mode & 0o777).toBe(0o600);
});

test("makes no key when it could not be written, and leaves no file when none was made", async () => {
  const taken = file("");
  const api = await startAdminApi();
  const args = ["tokens", "create", "--url", api.url, "--out"];
  const { error } = await runCli([...args, taken], { variables, piped: "ghp_1" });
  expect(error).toMatchObject({
    code: "unwritable-file",
    exitCode: 2,
    message: `${taken} is there already, and is not overwritten. Name another file, or remove it.`,
  });
  expect(api.calls).toEqual([]);

  const fresh = `${taken}.new`;
  await runCli([...args, fresh], { variables: { MCP_ADMIN_TOKEN: "wrong" }, piped: "ghp_1" });
  expect(api.calls).toHaveLength(1);
  expect(existsSync(fresh)).toBe(false);
});
