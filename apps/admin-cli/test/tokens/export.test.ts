import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";

import { expect, onTestFinished, test } from "vitest";

import { adminToken, problem, startAdminApi } from "../admin-api.ts";
import { folder } from "../folder.ts";
import { runCli } from "../run-cli.ts";

const variables = { MCP_ADMIN_TOKEN: adminToken };
const records = '{"id":"a"}\n{"id":"b"}\n';

function exporting(url: string, ...options: readonly string[]) {
  return runCli(["tokens", "export", "--url", url, ...options], { variables });
}

test("writes the sealed records to standard output as they come", async () => {
  const api = await startAdminApi({ answer: { status: 200, body: records } });

  expect(await exporting(api.url)).toEqual({ stdout: records, stderr: "", error: undefined });
  expect(api.calls).toMatchObject([{ method: "GET", path: "/admin/export" }]);
});

test("writes them to a file only its owner can read", async () => {
  const api = await startAdminApi({ answer: { status: 200, body: records } });
  const out = join(folder(), "keys.sealed");
  const { stdout } = await exporting(api.url, "--out", out, "--json");

  expect(JSON.parse(stdout)).toEqual({ out, records: 2 });
  expect(readFileSync(out, "utf8")).toBe(records);
  expect(statSync(out).mode & 0o777).toBe(0o600);
  expect(existsSync(`${out}.part`)).toBe(false);
});

test("does not ask the server when the file is there already or cannot be", async () => {
  const api = await startAdminApi({ answer: { status: 200, body: records } });
  const out = join(folder(), "keys.sealed");
  writeFileSync(out, "mine");

  expect((await exporting(api.url, "--out", out)).error).toMatchObject({
    code: "unwritable-file",
    message: `${out} is there already, and is not overwritten. Name another file, or remove it.`,
  });
  expect((await exporting(api.url, "--out", join(out, "x"))).error).toMatchObject({
    code: "unwritable-file",
    message: `Cannot write ${out}/x (ENOTDIR). Nothing was done.`,
  });
  expect(readFileSync(out, "utf8")).toBe("mine");
  expect(api.calls).toEqual([]);
});

test("leaves no file of an export that breaks off or is refused", async () => {
  const server = createServer((_, response) => {
    response.write(records, () => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const cutOff = await startAdminApi({ answer: { status: 200, body: records.slice(0, -2) } });
  const refusing = await startAdminApi({ answer: problem(401) });
  const out = join(folder(), "keys.sealed");

  for (const [url, code] of [
    [`http://127.0.0.1:${port}`, "unreachable"],
    [cutOff.url, "unexpected-answer"],
    [refusing.url, "admin-token-refused"],
  ] as const) {
    expect((await exporting(url, "--out", out)).error).toMatchObject({ code });
    expect([existsSync(out), existsSync(`${out}.part`)]).toEqual([false, false]);
  }
});

function sealed(text: string): string {
  const file = join(folder(), "keys.sealed");
  writeFileSync(file, text);
  return file;
}

function puttingBack(url: string, file: string, ...options: readonly string[]) {
  const args = ["tokens", "import", "--sealed", file, "--url", url, ...options];
  return runCli(args, { variables });
}

test("puts sealed records back, and tells how many were there", async () => {
  const body = { imported: 1, exists: 1, failed: [] };
  const api = await startAdminApi({ answers: () => ({ status: 200, body }) });
  const { stdout, error } = await puttingBack(api.url, sealed('{"records":1}\n'));

  expect(error).toBeUndefined();
  expect(stdout).toBe("Put back 1 keys; 1 were there already.\n");
  expect(api.calls).toMatchObject([
    { method: "POST", path: "/admin/import", body: { records: 1 } },
  ]);
});

test("names the records that were not put back", async () => {
  const failed = [{ line: 2, code: "unreadable-record", detail: "It does not open." }];
  const api = await startAdminApi({
    answer: { status: 200, body: { imported: 1, exists: 0, failed } },
  });
  const file = sealed('{"only":"sent whole"}\n');
  const { stderr, error } = await puttingBack(api.url, file);

  expect(stderr).toContain("line 2: It does not open. (unreadable-record)\n");
  expect(error).toMatchObject({ code: "partly-done", exitCode: 6 });
});

test.each([
  ['{"id":"a"}\n{"id":', 2],
  ['{"id":"a"}\nno JSON\n', 2],
  ["", 1],
])("refuses %j as an export, before it calls the server", async (text, line) => {
  const api = await startAdminApi();
  const file = sealed(text);

  expect((await puttingBack(api.url, file)).error).toMatchObject({
    code: "invalid-file",
    message: `${file}, line ${line}: is no sealed record, or is cut off. Nothing was done.`,
  });
  expect(api.calls).toEqual([]);
});
