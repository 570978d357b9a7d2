import { expect, test } from "vitest";

import { aToken, adminToken, startAdminApi } from "../admin-api.ts";
import { runCli } from "../run-cli.ts";

const variables = { MCP_ADMIN_TOKEN: adminToken };
const tokens = [
  aToken({ key_id: "k1", user_id: "ada", last_used_at: "2026-03-02T11:00:00.000Z" }),
  aToken({
    key_id: "k2",
    description: "nightly\u001B[2J job",
    expires_at: "2027-01-01T00:00:00.000Z",
  }),
];

test("shows a table of the keys, free of control characters", async () => {
  const api = await startAdminApi({ tokens });
  const { stdout, error } = await runCli(["tokens", "list", "--url", api.url, "--no-color"], {
    variables,
  });
  const cells = stdout
    .split("\n")
    .filter((line) => line.startsWith("│"))
    .map((line) =>
      line
        .split("│")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );

  expect(error).toBeUndefined();
  expect(cells).toEqual([
    ["KEY ID", "USER", "DESCRIPTION", "HOST", "STATE", "LAST USED", "EXPIRES"],
    ["k1", "ada", "-", "github.com", "active", "2026-03-02 11:00Z", "never"],
    ["k2", "-", "nightly[2J job", "github.com", "active", "never", "2027-01-01 00:00Z"],
  ]);
});

test("prints an array of every page with --json", async () => {
  const api = await startAdminApi({ tokens, pageSize: 1 });
  const { stdout } = await runCli(["tokens", "list", "--url", api.url, "--json"], { variables });

  expect(JSON.parse(stdout)).toEqual(tokens);
});

test("says on standard error that there are no keys, and how to make one", async () => {
  const api = await startAdminApi();
  const { stdout, stderr, error } = await runCli(["tokens", "list", "--url", api.url], {
    variables,
  });

  expect({ stdout, stderr, error }).toEqual({
    stdout: "",
    stderr: "There are no keys yet. Create one: pr-review-admin tokens create\n",
    error: undefined,
  });
});

test("prints an empty array with --json when there are no keys", async () => {
  const api = await startAdminApi();
  const { stdout } = await runCli(["tokens", "list", "--url", api.url, "--json"], { variables });

  expect(stdout).toBe("[]\n");
});

test("is refused with a wrong admin token", async () => {
  const api = await startAdminApi();
  const { error } = await runCli(["tokens", "list", "--url", api.url], {
    variables: { MCP_ADMIN_TOKEN: "wrong" },
  });

  expect(error).toMatchObject({ code: "admin-token-refused", exitCode: 4 });
});

test("asks nobody where there is no terminal", async () => {
  const api = await startAdminApi();
  const { error } = await runCli(["tokens", "list", "--url", api.url], { piped: adminToken });

  expect(error).toMatchObject({
    code: "missing-secret",
    exitCode: 2,
    message: "There is no admin token. Set MCP_ADMIN_TOKEN, or pass --admin-token-file <path>.",
  });
  expect(api.calls).toEqual([]);
});

test("asks the server for the keys of a user, in a state, or about to end", async () => {
  const api = await startAdminApi();
  const filter = ["--user", "ada", "--state", "active", "--expiring-within", "7d"];
  const { stderr } = await runCli(["tokens", "list", "--url", api.url, ...filter], { variables });

  expect(api.calls.map(({ path }) => path)).toEqual([
    "/admin/tokens?user_id=ada&state=active&expiring_within=7d",
  ]);
  expect(stderr).toBe("No key matches. See them all: pr-review-admin tokens list\n");
});

test("refuses a time span that is none, before it calls the server", async () => {
  const api = await startAdminApi();
  const args = ["tokens", "list", "--url", api.url, "--expiring-within", "soon"];

  expect((await runCli(args, { variables })).error).toMatchObject({
    code: "usage",
    message: "--expiring-within takes a duration such as 45m, 12h or 30d.",
  });
  expect(api.calls).toEqual([]);
});
