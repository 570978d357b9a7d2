import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { beforeAll, expect, test } from "vitest";

import { adminToken, startAdminApi } from "./admin-api.ts";

const folder = fileURLToPath(new URL("..", import.meta.url));

beforeAll(async () => {
  const bundle = fileURLToPath(new URL("../../../tools/build/bundle.ts", import.meta.url));
  await promisify(execFile)(process.execPath, ["--import", "tsx", bundle], { cwd: folder });
}, 60_000);

async function runBuilt(args: readonly string[], variables: Record<string, string>, piped = "") {
  const child = spawn(process.execPath, ["dist/main.mjs", ...args], {
    cwd: folder,
    env: { PATH: process.env["PATH"], MCP_DATA_DIR: "none", ...variables },
  });
  child.stdin.end(piped);
  const [stdout, stderr, [exitCode]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "close"),
  ]);
  return { stdout, stderr, exitCode: Number(exitCode) };
}

test("the built program creates, lists and deletes a key", async () => {
  const api = await startAdminApi();
  const variables = { MCP_URL: api.url, MCP_ADMIN_TOKEN: adminToken };
  const created = await runBuilt(["tokens", "create", "--user", "ada"], variables, "ghp_1\n");
  const listed = await runBuilt(["tokens", "list", "--json"], variables);
  const deleted = await runBuilt(["tokens", "delete", "k1", "--yes"], variables);

  expect(created).toMatchObject({ exitCode: 0, stderr: "" });
  expect(created.stdout).toContain("mcp_key-of-k1");
  expect(JSON.parse(listed.stdout)).toMatchObject([{ key_id: "k1", user_id: "ada" }]);
  expect(deleted).toEqual({ stdout: "Deleted the key k1.\n", stderr: "", exitCode: 0 });
  expect(api.tokens).toEqual([]);
});

test("the built program says what failed on standard error, and exits with its code", async () => {
  const api = await startAdminApi();
  const variables = { MCP_URL: api.url, MCP_ADMIN_TOKEN: adminToken };

  expect(await runBuilt(["tokens", "delete", "k9", "--yes"], variables)).toEqual({
    stdout: "",
    stderr: "error: No key has that id. See the ids: pr-review-admin tokens list\n",
    exitCode: 5,
  });
  expect(await runBuilt(["tokens", "lst"], variables)).toEqual({
    stdout: "",
    stderr: "error: unknown command 'lst' (Did you mean list?). See --help.\n",
    exitCode: 2,
  });
});
