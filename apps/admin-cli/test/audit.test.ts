import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { auditLine } from "../src/audit-line.ts";
import { folder } from "./folder.ts";
import { startRealServer } from "./real-server.ts";
import { runCli } from "./run-cli.ts";
import type { Outcome } from "./run-cli.ts";

function lines(text: string): readonly string[] {
  return text.split("\n").filter((line) => line !== "");
}

test("shows the latest records, the newest last", async () => {
  const server = await startRealServer();
  for (const user_id of ["ada", "bob", "cy"]) await server.issue({ user_id });
  const { variables } = server;
  const { stdout, error } = await runCli(["audit", "tail", "-n", "2"], { variables });

  expect(error).toBeUndefined();
  expect(lines(stdout)).toEqual([
    expect.stringMatching(
      /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d {2}#\d+ .*default .*token\.created.*bob/,
    ),
    expect.stringMatching(/token\.created.*cy/),
  ]);
});

test("prints a record a line with --json, those that were asked for", async () => {
  const server = await startRealServer();
  const ada = await server.issue({ user_id: "ada" });
  await server.issue({ user_id: "bob" });
  const { variables } = server;
  const args = ["audit", "tail", "--json", "--key", ada.key_id, "--actor", "default"];
  const { stdout } = await runCli(args, { variables });

  expect(lines(stdout).map((line) => JSON.parse(line) as unknown)).toEqual([
    expect.objectContaining({ action: "token.created", key_id: ada.key_id, target: "ada" }),
  ]);
  const none = await runCli(["audit", "tail", "--action", "token.deleted"], { variables });
  expect(none).toEqual({ stdout: "", stderr: "", error: undefined });
});

test("follows the log until it is interrupted, without a record twice or left out", async () => {
  const server = await startRealServer();
  await server.issue({ user_id: "before" });
  let following: Promise<Outcome> | undefined;
  const interrupt = await new Promise<() => void>((interrupter) => {
    const args = ["audit", "tail", "-f", "-n", "1", "--json"];
    following = runCli(args, { variables: server.variables, interrupter });
  });
  for (const user_id of ["one", "two", "three"]) await server.issue({ user_id });
  const looks = () => server.logged().split("/admin/audit").length;
  const before = looks();
  // The first of them may have begun before.
  await expect.poll(looks).toBeGreaterThanOrEqual(before + 2);
  interrupt();
  const { stdout, error } = (await following) ?? {};

  expect(error).toBeUndefined();
  const records = lines(stdout ?? "").map((line) => JSON.parse(line) as { target: string });
  expect(records.map(({ target }) => target)).toEqual(["before", "one", "two", "three"]);
});

test.each(["-1", "1001", "all"])("refuses %j as a number of records", async (count) => {
  const { error } = await runCli(["audit", "tail", `--lines=${count}`]);

  expect(error).toMatchObject({
    code: "usage",
    message: "--lines takes a whole number from 0 to 1000.",
  });
});

test("writes a record on one line, whatever is in it", () => {
  const line = auditLine({
    seq: 7,
    time: "2026-11-22T16:00:01.500Z",
    actor: "ops",
    action: "token.updated",
    key_id: "k1",
    target: "a\nda",
    outcome: "ok",
    details: { description: "x\u001B[2J", count: 2 },
    hash: "h",
  });

  expect(line).toBe(
    "2026-11-22 16:00:01  #7      ops         token.updated       ok       k1 ada  description=x[2J count=2",
  );
});

test.each([
  [{ rate_limit_after: 5, rate_limit_before: null }, "rate_limit=null→5"],
  [{ allowed_repos_after: [], allowed_repos_before: ["a/b"] }, 'allowed_repos=["a/b"]→[]'],
  [{ cut: ["x_after"], x_before: "old", y_after: 1 }, 'cut=["x_after"] x_before=old y_after=1'],
])("shows %j as %s", (details, words) => {
  const line = auditLine({
    seq: 8,
    time: "2026-11-22T16:00:01.500Z",
    actor: "ops",
    action: "token.updated",
    outcome: "ok",
    details,
    hash: "h",
  });

  expect(line.endsWith(`  -  ${words}`)).toBe(true);
});

test("verifies a log that is whole, and tells the hash to note", async () => {
  const server = await startRealServer();
  await server.issue();
  const { variables } = server;
  const { stdout, error } = await runCli(["audit", "verify"], { variables });

  expect(error).toBeUndefined();
  expect(stdout).toMatch(
    /^The audit log is whole: records 1 to \d+, \d+ in all\.\nHash of the last one: \S+\n$/,
  );
  const json = await runCli(["audit", "verify", "--json"], { variables });
  expect(JSON.parse(json.stdout)).toMatchObject({ ok: true, problem: null });
});

test("fails and names the record when one byte of the log was altered", async () => {
  const data = folder();
  const server = await startRealServer({ MCP_DATA_DIR: data });
  for (const user_id of ["ada", "bob", "cy"]) await server.issue({ user_id });
  const seq = alter(data, "bob", "bab");
  const { variables } = server;
  const { stdout, error } = await runCli(["audit", "verify", "--json"], { variables });

  expect(error).toMatchObject({ code: "check-failed", exitCode: 1 });
  expect(error?.message).toContain(`record ${seq}: its text`);
  expect(JSON.parse(stdout)).toMatchObject({ ok: false, problem: { kind: "altered", seq } });
});

/** Alters the record that holds a text in the log of a data folder, and tells which one it is. */
function alter(data: string, text: string, by: string): number {
  const names = readdirSync(data, { recursive: true, withFileTypes: true });
  const files = names
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const file = files.find(
    (name) => /audit/.test(name) && readFileSync(name, "utf8").includes(text),
  );
  if (file === undefined) throw new Error(`no audit log in ${files.join(", ")}`);
  const kept = readFileSync(file, "utf8");
  const line = kept.split("\n").find((record) => record.includes(text)) ?? "";
  writeFileSync(file, kept.replace(line, line.replace(text, by)));
  return Number(/"seq":(\d+)/.exec(line)?.[1]);
}
