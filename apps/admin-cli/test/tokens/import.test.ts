import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, statSync, unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { adminToken, problem, startAdminApi } from "../admin-api.ts";
import { folder } from "../folder.ts";
import { startBulkApi } from "../import/bulk-api.ts";
import type { BulkApi } from "../import/bulk-api.ts";
import { runCli } from "../run-cli.ts";
import type { Outcome } from "../run-cli.ts";

const variables = { MCP_ADMIN_TOKEN: adminToken };

function csv(rows: number): string {
  const lines = Array.from({ length: rows }, (_, index) => `user-${index},ghp_${index}`);
  return `user_id,github_token\n${lines.join("\n")}\n`;
}

function input(text: string): string {
  const file = join(folder(), "people.csv");
  writeFileSync(file, text);
  return file;
}

function importing(
  api: { readonly url: string },
  file: string,
  options: readonly string[] = [],
  rest: Parameters<typeof runCli>[1] = {},
): Promise<Outcome> {
  const args = ["tokens", "import", file, "--url", api.url, ...options];
  return runCli(args, { variables, ...rest });
}

function results(file: string): readonly (readonly string[])[] {
  const [header, ...lines] = readFileSync(file.replace(/csv$/, "keys.csv"), "utf8").split("\n");
  expect(header).toBe("line,user_id,key_id,mcp_key");
  expect(lines.pop()).toBe("");
  return lines.map((line) => line.split(","));
}

/** Every row has one key, which is in the file, and the server has no other. */
function expectOneKeyForEach(rows: number, file: string, api: BulkApi): void {
  const written = results(file);
  expect(written.map(([line]) => Number(line)).toSorted((a, b) => a - b)).toEqual(
    Array.from({ length: rows }, (_, index) => index + 2),
  );
  expect(new Set(written.map(([, , , key]) => key))).toEqual(new Set(api.keys.values()));
  expect(api.keys.size).toBe(rows);
}

test("makes a key for each row in batches of 25, and writes them to a file for their owner only", async () => {
  const api = await startBulkApi();
  const file = input(csv(60));
  const { stdout, stderr, error } = await importing(api, file);

  expect(error).toBeUndefined();
  const out = file.replace(/csv$/, "keys.csv");
  expect(stdout).toBe(`Every row has its key, 60 in all: ${out}\n`);
  expect(stderr).toBe("25 of 60 rows\n50 of 60 rows\n60 of 60 rows\n");
  expectOneKeyForEach(60, file, api);
  expect(results(file)[0]?.slice(0, 2)).toEqual(["2", "user-0"]);
  expect(statSync(out).mode & 0o777).toBe(0o600);
  expect(existsSync(`${out}.lock`)).toBe(false);
  const sizes = api.calls.map(({ body }) => (body["tokens"] as unknown[]).length);
  expect(sizes).toEqual([60, 25, 25, 10]);
});

test("shows a bar on a terminal", async () => {
  const api = await startBulkApi();
  const { stderr } = await importing(api, input(csv(50)), [], { typed: [] });

  expect(stderr).toContain(`\r\u001B[K${"█".repeat(15)}${"░".repeat(15)} 25 of 50 rows`);
  expect(stderr.endsWith(`${"█".repeat(30)} 50 of 50 rows\n`)).toBe(true);
});

test("reports as one JSON document", async () => {
  const api = await startBulkApi({
    refuse: (row) => (row["user_id"] === "user-1" ? "no" : undefined),
  });
  const file = input(csv(3));
  const { stdout, error } = await importing(api, file, ["--json"]);

  expect(JSON.parse(stdout)).toEqual({
    import: expect.any(String),
    out: file.replace(/csv$/, "keys.csv"),
    rows: 3,
    created: 2,
    done_before: 0,
    failed: [{ line: 3, code: "no", detail: "No." }],
    stopped: null,
  });
  expect(error).toMatchObject({ code: "partly-done", exitCode: 6 });
});

test("sends what is to be done without asking GitHub with the query that says so", async () => {
  const api = await startBulkApi();
  await importing(api, input(csv(1)), ["--no-check"]);

  expect(api.calls.map(({ path }) => path)).toEqual([
    "/admin/tokens/bulk?dry_run=true",
    "/admin/tokens/bulk?check=false",
  ]);
});

test("makes nothing in a dry run, here or there", async () => {
  const api = await startBulkApi();
  const file = input(csv(3));
  const { stderr } = await importing(api, file, ["--dry-run"]);

  expect(stderr).toBe("Every row is fine. Nothing was done.\n");
  expect(api.keys.size).toBe(0);
  expect(existsSync(file.replace(/csv$/, "keys.csv"))).toBe(false);
});

test.each([
  ["user_id,github_token\nada,ghp_1\nada,ghp_1\n", "line 3: repeats line 2"],
  ["user_id,github_token\nada\n", "line 2: has 1 values, and the header has 2"],
])("names the line of %j that is wrong, and does nothing", async (text, fault) => {
  const api = await startBulkApi();
  const file = input(text);

  expect((await importing(api, file)).error).toMatchObject({
    code: "invalid-file",
    exitCode: 2,
    message: `${file}, ${fault}. Nothing was done.`,
  });
  expect(api.calls).toEqual([]);
});

test("names every wrong line when there are several, up to twenty", async () => {
  const api = await startBulkApi();
  const file = input(`user_id,github_token\n${"ada\n".repeat(23)}`);
  const { stderr, error } = await importing(api, file);

  expect(stderr.split("\n").slice(0, 2)).toEqual([
    "line 2: has 1 values, and the header has 2",
    "line 3: has 1 values, and the header has 2",
  ]);
  expect(stderr).toContain("line 21: ");
  expect(stderr.endsWith("\n... and 3 more\n")).toBe(true);
  expect(error?.message).toBe(`${file} has 23 faults. Nothing was done.`);
});

test("names the line the server finds wrong, before anything is made", async () => {
  const errors = [{ line: 3, field: "scopes.0", message: "must be a scope" }];
  const api = await startAdminApi({ answer: problem(400, { code: "invalid-request", errors }) });
  const file = input(`user_id,github_token\n\n${csv(4).split("\n").slice(1).join("\n")}`);

  expect((await importing(api, file)).error).toMatchObject({
    code: "invalid-file",
    message: `${file}, line 5: scopes.0 must be a scope. Nothing was done.`,
  });
  expect(api.calls).toHaveLength(1);
});

test("checks that the results can be written before it makes a key", async () => {
  const api = await startBulkApi();
  const file = input(csv(1));
  const out = join(file, "..", "none", "keys.csv");

  expect((await importing(api, file, ["--out", out])).error).toMatchObject({
    code: "unwritable-file",
    message: `Cannot write ${out}.lock (ENOENT). Nothing was done.`,
  });
  expect(api.calls).toEqual([]);
});

test.each(["lost-before", "lost-after"] as const)(
  "goes on after a call that was %s it was done, and no row has two keys",
  async (fault) => {
    const api = await startBulkApi({ fault: (call) => (call === 2 ? fault : undefined) });
    const file = input(csv(60));
    const first = await importing(api, file);
    expect(first.error).toMatchObject({ code: "partly-done", exitCode: 6 });
    expect(first.error?.message).toContain("25 of 60 rows have their key");
    expect(results(file)).toHaveLength(25);

    const second = await importing(api, file);
    expect(second.error).toBeUndefined();
    expectOneKeyForEach(60, file, api);
    expect(api.deleted).toHaveLength(fault === "lost-after" ? 25 : 0);
  },
);

test("makes the key of a line anew that a crash cut off in the file", async () => {
  const api = await startBulkApi();
  const file = input(csv(30));
  await importing(api, file);
  const out = file.replace(/csv$/, "keys.csv");
  writeFileSync(out, readFileSync(out, "utf8").slice(0, -4));

  expect((await importing(api, file)).error).toBeUndefined();
  expectOneKeyForEach(30, file, api);
  expect(api.deleted).toHaveLength(1);
});

test("stops after the batch under way on Ctrl-C, and goes on when run again", async () => {
  let interrupt = () => {};
  const api = await startBulkApi({ onCreate: (call) => call === 2 && interrupt() });
  const file = input(csv(100));
  const first = await importing(api, file, [], {
    interrupter: (given) => {
      interrupt = given;
    },
  });

  expect(first.error).toMatchObject({
    code: "cancelled",
    exitCode: 130,
    message: `Interrupted: 50 of 100 rows have their key, in ${file.replace(/csv$/, "keys.csv")} . Run the same command again to go on.`,
  });
  expect((await importing(api, file)).error).toBeUndefined();
  expectOneKeyForEach(100, file, api);
});

test("does nothing more when everything is done", async () => {
  const api = await startBulkApi();
  const file = input(csv(3));
  await importing(api, file);
  const keys = [...api.keys];

  expect((await importing(api, file)).error).toBeUndefined();
  expect([...api.keys]).toEqual(keys);
});

test("tries rows again that failed, and leaves the others alone", async () => {
  let isDown = true;
  const refuse = (row: Readonly<Record<string, unknown>>) =>
    isDown && row["user_id"] === "user-1" ? "github-unavailable" : undefined;
  const api = await startBulkApi({ refuse });
  const file = input(csv(3));
  const { stderr, error } = await importing(api, file);
  expect(stderr).toContain("line 3: No. (github-unavailable)\n");
  expect(error?.message).toContain("1 rows failed: 2 of 3 rows have their key");

  isDown = false;
  expect((await importing(api, file)).error).toBeUndefined();
  expectOneKeyForEach(3, file, api);
  expect(api.deleted).toEqual([]);
});

test.each([
  ["the input has changed", csv(4), "holds the keys of another input, or this one has changed."],
  [
    "the results are gone",
    undefined,
    "is gone, though its keys were made: bring it back to go on.",
  ],
])("does not go on when %s", async (_, text, fault) => {
  const api = await startBulkApi();
  const file = input(csv(3));
  await importing(api, file);
  const out = file.replace(/csv$/, "keys.csv");
  const before = api.calls.length;
  if (text === undefined) unlinkSync(out);
  else writeFileSync(file, text);

  expect((await importing(api, file)).error).toMatchObject({
    code: "usage",
    message: `${out} ${fault} Name another file by --out.`,
  });
  expect(api.calls).toHaveLength(before);
});

test("does not go on against another server", async () => {
  const [one, other] = [await startBulkApi(), await startBulkApi()];
  const file = input(csv(3));
  await importing(one, file);

  expect((await importing(other, file)).error?.message).toContain(
    `holds keys of the server at ${one.url} .`,
  );
  expect(other.calls).toEqual([]);
});

test("leaves a file alone that is not of an import", async () => {
  const api = await startBulkApi();
  const file = input(csv(3));
  const out = file.replace(/csv$/, "keys.csv");
  writeFileSync(out, "mine\n");

  expect((await importing(api, file)).error).toMatchObject({ code: "usage" });
  expect(readFileSync(out, "utf8")).toBe("mine\n");
  expect(api.calls).toEqual([]);
});

test("waits for no import that was killed, and refuses to join one that runs", async () => {
  const api = await startBulkApi();
  const file = input(csv(3));
  const lock = file.replace(/csv$/, "keys.csv.lock");
  writeFileSync(lock, String(process.ppid));
  expect((await importing(api, file)).error).toMatchObject({
    code: "usage",
    message: expect.stringContaining(`Another import (process ${process.ppid})`),
  });
  expect(api.calls).toEqual([]);

  const gone = spawnSync(process.execPath, ["--version"]);
  writeFileSync(lock, String(gone.pid));
  expect((await importing(api, file)).error).toBeUndefined();
});
