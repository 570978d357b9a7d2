import { expect, test } from "vitest";

import { adminToken, startAdminApi } from "./admin-api.ts";
import { cells } from "./cells.ts";
import { startRealServer } from "./real-server.ts";
import { runCli } from "./run-cli.ts";

const today = new Date().toISOString().slice(0, 10);

test("counts what keys were used for, by what is asked for, with a total", async () => {
  const server = await startRealServer();
  const ada = await server.issue({ user_id: "ada" });
  const bob = await server.issue({ user_id: "bob" });
  for (const { mcp_key: key } of [ada, ada, bob]) await server.fetchComments(key);
  const { variables } = server;
  const { stdout, error } = await runCli(["usage", "--by", "user,tool"], { variables });
  const [head, ...rows] = cells(stdout);

  expect(error).toBeUndefined();
  expect(head).toEqual(["USER", "TOOL", "CALLS", "ERRORS", "DENIALS", "POINTS"]);
  expect(rows.map((row) => row.slice(0, 3))).toEqual([
    ["ada", "fetch_pr_review_comments", "2"],
    ["bob", "fetch_pr_review_comments", "1"],
    ["total", "", "3"],
  ]);

  const args = ["usage", "--key", bob.key_id, "--from", today, "--to", today, "--json"];
  const json = JSON.parse((await runCli(args, { variables })).stdout) as unknown;
  expect(json).toMatchObject({
    rows: [{ day: today, user_id: "bob", calls: 1 }],
    totals: { calls: 1, errors: 0, denials: 0 },
  });

  const csv = await runCli(["usage", "--csv", "--by", "user"], { variables });
  const [columns, first] = csv.stdout.split("\n");
  expect(columns).toBe("day,key_id,user_id,tool,calls,errors,denials,points");
  expect(first).toMatch(/^,,ada,,2,0,0,\d+$/);
});

test("shows no tool for what a rate limit refused, as a table, as JSON and as CSV", async () => {
  const server = await startRealServer();
  const { mcp_key: key } = await server.issue({ rate_limit: 1 });
  for (const _ of [1, 2, 3]) await server.fetchComments(key);
  const { variables } = server;
  const told = async (...args: readonly string[]) =>
    (await runCli(["usage", "--by", "tool", ...args], { variables })).stdout;

  expect(cells(await told()).slice(1)).toEqual([
    ["-", "2", "0", "2", "0"],
    ["fetch_pr_review_comments", "1", "0", "0", expect.any(String)],
    ["total", "3", "0", "2", expect.any(String)],
  ]);
  const { rows } = JSON.parse(await told("--json")) as { rows: object[] };
  expect(rows[0]).toEqual({ calls: 2, errors: 0, denials: 2, points: 0 });
  expect((await told("--csv")).split("\n")[1]).toBe(",,,,2,0,2,0");
});

test("says on standard error that nothing was counted", async () => {
  const { variables } = await startRealServer();

  expect(await runCli(["usage"], { variables })).toEqual({
    stdout: "",
    stderr: "Nothing was counted for that.\n",
    error: undefined,
  });
});

test.each([
  [["--by", "week"], "--by takes any of day, user, key, tool, separated by commas."],
  [["--by", ","], "--by takes any of day, user, key, tool, separated by commas."],
  [["--from", "yesterday"], "--from takes a day such as 2026-11-01."],
  [["--to", "2026-02-30"], "--to takes a day such as 2026-11-01."],
  [["--csv", "--json"], "Choose one of --csv and --json."],
])("refuses %j before it calls the server", async (args, message) => {
  const api = await startAdminApi();
  const variables = { MCP_URL: api.url, MCP_ADMIN_TOKEN: adminToken };

  expect((await runCli(["usage", ...args], { variables })).error).toMatchObject({
    code: "usage",
    message,
  });
  expect(api.calls).toEqual([]);
});
