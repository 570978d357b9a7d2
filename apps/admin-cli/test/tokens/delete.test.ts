import { expect, test } from "vitest";

import { aToken, adminToken, startAdminApi } from "../admin-api.ts";
import { runCli } from "../run-cli.ts";

const variables = { MCP_ADMIN_TOKEN: adminToken };
const tokens = [aToken({ key_id: "k1" }), aToken({ key_id: "k2" })];

test("deletes the key with that id when told not to ask", async () => {
  const api = await startAdminApi({ tokens });
  const { stdout } = await runCli(["tokens", "delete", "k1", "--yes", "--url", api.url], {
    variables,
  });

  expect(stdout).toBe("Deleted the key k1.\n");
  expect(api.tokens.map((token) => token.key_id)).toEqual(["k2"]);
});

test("prints the answer as it is with --json", async () => {
  const api = await startAdminApi({ tokens });
  const args = ["tokens", "delete", "k1", "-y", "--json", "--url", api.url];
  const { stdout } = await runCli(args, { variables });

  expect(JSON.parse(stdout)).toEqual({ status: "deleted", key_id: "k1" });
});

test("deletes after a yes on the terminal", async () => {
  const api = await startAdminApi({ tokens });
  const { stderr } = await runCli(["tokens", "delete", "k1", "--url", api.url], {
    variables,
    typed: ["y"],
  });

  expect(stderr).toContain("Delete the key k1 for good?");
  expect(api.tokens.map((token) => token.key_id)).toEqual(["k2"]);
});

test.each([
  ["a no", "n", "Nothing was deleted."],
  ["Enter alone", "\r", "Nothing was deleted."],
  ["Ctrl-C", "\u0003", "Cancelled."],
  ["Ctrl-D", "\u0004", "Cancelled."],
])("deletes nothing after %s on the terminal", async (_, keys, message) => {
  const api = await startAdminApi({ tokens });
  const { error } = await runCli(["tokens", "delete", "k1", "--url", api.url], {
    variables,
    typed: [keys],
  });

  expect(error).toMatchObject({ code: "cancelled", exitCode: 130, message });
  expect(api.calls).toEqual([]);
});

test("deletes nothing without a terminal, unless told not to ask", async () => {
  const api = await startAdminApi({ tokens });
  const { error } = await runCli(["tokens", "delete", "k1", "--url", api.url], {
    variables,
    piped: "y\n",
  });

  expect(error).toMatchObject({ code: "usage", exitCode: 2 });
  expect(error?.message).toContain("--yes");
  expect(api.calls).toEqual([]);
});

test("says that no key has that id", async () => {
  const api = await startAdminApi({ tokens });
  const { error } = await runCli(["tokens", "delete", "k9", "--yes", "--url", api.url], {
    variables,
  });

  expect(error).toMatchObject({
    code: "not-found",
    exitCode: 5,
    message: "No key has that id. See the ids: pr-review-admin tokens list",
  });
});

test("refuses a key in place of its id, without sending or repeating it", async () => {
  const api = await startAdminApi({ tokens });
  const key = `mcp_${"x".repeat(43)}`;
  const { error } = await runCli(["tokens", "delete", key, "--yes", "--url", api.url], {
    variables,
  });

  expect(error).toMatchObject({ code: "usage", message: expect.not.stringContaining(key) });
  expect(api.calls).toEqual([]);
});

test.each(["..", ".", "", "a/b", "a b", "k\u001B1"])("refuses %j as a key id", async (keyId) => {
  const api = await startAdminApi({ tokens });
  const { error } = await runCli(["tokens", "delete", keyId, "--yes", "--url", api.url], {
    variables,
  });

  expect(error).toMatchObject({ code: "usage" });
  expect(api.calls).toEqual([]);
});
