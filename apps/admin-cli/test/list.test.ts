import { expect, test } from "vitest";

import { aToken, adminToken, startAdminApi } from "./admin-api.ts";
import { runCli } from "./run-cli.ts";

const variables = { MCP_ADMIN_TOKEN: adminToken };
const tokens = [
  aToken({ key_id: "k1", user_id: "ada", last_used_at: "2026-03-02T11:00:00.000Z" }),
  aToken({ key_id: "k2", description: "nightly\u001B[2J job" }),
];

test("shows a table of the keys, free of control characters", async () => {
  const api = await startAdminApi({ tokens });
  const { stdout, error } = await runCli(["list", "--url", api.url, "--no-color"], { variables });
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
    ["KEY ID", "USER", "DESCRIPTION", "HOST", "CREATED", "LAST USED"],
    ["k1", "ada", "-", "github.com", "2026-03-01T10:00:00.000Z", "2026-03-02T11:00:00.000Z"],
    ["k2", "-", "nightly[2J job", "github.com", "2026-03-01T10:00:00.000Z", "never"],
  ]);
});

test("prints an array of every page with --json", async () => {
  const api = await startAdminApi({ tokens, pageSize: 1 });
  const { stdout } = await runCli(["list", "--url", api.url, "--json"], { variables });

  expect(JSON.parse(stdout)).toEqual(tokens);
});

test("says on standard error that there are no keys, and how to make one", async () => {
  const api = await startAdminApi();
  const { stdout, stderr, error } = await runCli(["list", "--url", api.url], { variables });

  expect({ stdout, stderr, error }).toEqual({
    stdout: "",
    stderr: "There are no keys yet. Create one: pr-review-admin create\n",
    error: undefined,
  });
});

test("prints an empty array with --json when there are no keys", async () => {
  const api = await startAdminApi();
  const { stdout } = await runCli(["list", "--url", api.url, "--json"], { variables });

  expect(stdout).toBe("[]\n");
});

test("is refused with a wrong admin token", async () => {
  const api = await startAdminApi();
  const { error } = await runCli(["list", "--url", api.url], {
    variables: { MCP_ADMIN_TOKEN: "wrong" },
  });

  expect(error).toMatchObject({ code: "admin-token-refused", exitCode: 4 });
});

test("asks nobody where there is no terminal", async () => {
  const api = await startAdminApi();
  const { error } = await runCli(["list", "--url", api.url], { piped: adminToken });

  expect(error).toMatchObject({
    code: "missing-secret",
    exitCode: 2,
    message: "There is no admin token. Set MCP_ADMIN_TOKEN, or pass --admin-token-file <path>.",
  });
  expect(api.calls).toEqual([]);
});
