import { mkdir, readdir, readFile, rm, stat, truncate, writeFile } from "node:fs/promises";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, expect, it } from "vitest";

import { FileAuditStorage } from "../src/file.ts";
import { describeAuditLog } from "./contract.ts";
import { addRecords, event, logOn } from "./contract/fixtures.ts";

const folders = await mkdtemp(join(tmpdir(), "audit-log-"));
let opened = 0;

afterAll(async () => rm(folders, { recursive: true }));

function newFolder(): string {
  opened += 1;
  return join(folders, String(opened));
}

describeAuditLog("an audit log in a folder", async () => new FileAuditStorage(newFolder()), {
  // Ten records of about 290 bytes in each.
  openSmall: async () => new FileAuditStorage(newFolder(), { maxBytes: 3_000, maxFiles: 3 }),
  numRuns: 25,
});

/** A log of three records, closed. */
async function threeRecords(): Promise<{ folder: string; path: string }> {
  const folder = newFolder();
  await addRecords(logOn(new FileAuditStorage(folder)), 3);
  return { folder, path: join(folder, "audit-000001.jsonl") };
}

it("makes its folder and files for their owner only", async () => {
  const folder = join(newFolder(), "deep", "audit");
  const storage = new FileAuditStorage(folder);
  expect(await logOn(storage).verify()).toMatchObject({ ok: true, records: 0 });
  await expect(stat(folder)).rejects.toMatchObject({ code: "ENOENT" });
  await logOn(storage).append(event);
  const modeOf = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);
  expect(await modeOf(folder)).toBe("700");
  expect((await readdir(folder)).toSorted()).toEqual(["audit-000001.jsonl", "audit-head.json"]);
  for (const name of await readdir(folder)) expect(await modeOf(join(folder, name))).toBe("600");
});

it("begins a file when one is full, names it by its first record, and keeps so many", async () => {
  const folder = newFolder();
  const storage = new FileAuditStorage(folder, { maxBytes: 3_000, maxFiles: 3 });
  await addRecords(logOn(storage), 100);
  const names = (await readdir(folder)).filter((name) => name.endsWith(".jsonl")).toSorted();
  expect(names).toHaveLength(3);
  for (const name of names) {
    const lines = (await readFile(join(folder, name), "utf8")).trimEnd().split("\n");
    expect(lines.join("\n").length).toBeLessThan(3_000);
    const { seq } = JSON.parse(lines[0] ?? "");
    expect(name).toBe(`audit-${String(seq).padStart(6, "0")}.jsonl`);
  }
});

it("writes printable ASCII only, whatever an event says", async () => {
  const folder = newFolder();
  const target = `a\u0000\n\r\u001b[31m\u007f\u0085\u2028\u202eé\u{1f600}\ud800`;
  const log = logOn(new FileAuditStorage(folder));
  await log.append({ ...event, target, details: { [target]: target } });
  const text = await readFile(join(folder, "audit-000001.jsonl"), "latin1");
  expect(text).toMatch(/^[\x20-\x7e]+\n$/);
  expect(await log.read()).toMatchObject([{ target, details: { [target]: target } }]);
  expect(await log.verify()).toMatchObject({ ok: true });
});

it("removes the torn line of an append that was never acknowledged", async () => {
  const { folder, path } = await threeRecords();
  const whole = await readFile(path, "utf8");
  await writeFile(path, `${whole}{"action":"token.del`);
  const log = logOn(new FileAuditStorage(folder));
  expect(await log.verify()).toMatchObject({ ok: true, records: 3 });
  expect(await readFile(path, "utf8")).toContain("token.del");
  expect(await log.append(event)).toMatchObject({ seq: 4 });
  const repaired = await readFile(path, "utf8");
  expect(repaired.startsWith(whole)).toBe(true);
  expect(repaired.trimEnd().split("\n")).toHaveLength(4);
  expect(await log.verify()).toMatchObject({ ok: true, records: 4 });
});

it("removes the zeros that a power cut has left behind the last record", async () => {
  const { folder, path } = await threeRecords();
  const whole = await readFile(path, "utf8");
  await writeFile(path, `${whole}{"acti${"\0".repeat(500)}"}\n`);
  const log = logOn(new FileAuditStorage(folder));
  expect(await log.verify()).toMatchObject({ ok: true, records: 3 });
  expect(await log.append(event)).toMatchObject({ seq: 4 });
  expect((await readFile(path, "utf8")).startsWith(whole)).toBe(true);
  expect(await log.verify()).toMatchObject({ ok: true, records: 4 });
});

it("begins anew in a file that a crash has left without a whole record", async () => {
  const { folder } = await threeRecords();
  await writeFile(join(folder, "audit-000004.jsonl"), '{"act');
  const log = logOn(new FileAuditStorage(folder));
  expect(await log.verify()).toMatchObject({ ok: true, records: 3 });
  expect(await log.append(event)).toMatchObject({ seq: 4 });
  expect(await log.verify()).toMatchObject({ ok: true, records: 4 });
});

it("reports a torn line that was acknowledged, keeps what is left of it, and goes on", async () => {
  const { folder, path } = await threeRecords();
  await truncate(path, (await stat(path)).size - 20);
  const torn = await readFile(path, "utf8");
  const log = logOn(new FileAuditStorage(folder));
  expect(await log.verify()).toEqual({ ok: false, kind: "altered", seq: 3 });
  expect(await log.append(event)).toMatchObject({ seq: 4 });
  expect((await readFile(path, "utf8")).startsWith(`${torn}\n`)).toBe(true);
  expect(await log.verify()).toEqual({ ok: false, kind: "altered", seq: 3 });
});

it("reports an acknowledged record of which nothing is left", async () => {
  const { folder, path } = await threeRecords();
  const [one, two] = (await readFile(path, "utf8")).split("\n");
  await writeFile(path, `${one}\n${two}\n`);
  const log = logOn(new FileAuditStorage(folder));
  expect(await log.verify()).toEqual({ ok: false, kind: "missing", seq: 3 });
  await rm(path);
  expect(await log.verify()).toEqual({ ok: false, kind: "missing", seq: 1 });
});

it("minds no missing line feed at the end, and adds it", async () => {
  const { folder, path } = await threeRecords();
  const whole = await readFile(path, "utf8");
  await truncate(path, whole.length - 1);
  const log = logOn(new FileAuditStorage(folder));
  expect(await log.verify()).toMatchObject({ ok: true, records: 3 });
  await log.append(event);
  expect((await readFile(path, "utf8")).startsWith(whole)).toBe(true);
  expect(await log.verify()).toMatchObject({ ok: true, records: 4 });
});

it("names the record of every byte of a file that is altered", async () => {
  const { folder, path } = await threeRecords();
  const whole = await readFile(path);
  const log = logOn(new FileAuditStorage(folder));
  for (let at = 0; at < whole.length - 1; at += 7) {
    const altered = Buffer.from(whole);
    altered[at] = (altered[at] ?? 0) ^ 1;
    await writeFile(path, altered);
    const seq = whole.subarray(0, at).filter((byte) => byte === 0x0a).length + 1;
    expect(await log.verify()).toMatchObject({ ok: false, seq });
  }
  await writeFile(path, whole);
  expect(await log.verify()).toMatchObject({ ok: true });
});

it("notices at once when the folder was changed under it", async () => {
  const { folder, path } = await threeRecords();
  const log = logOn(new FileAuditStorage(folder));
  await log.append(event);
  await writeFile(path, `${await readFile(path, "utf8")}{"seq":9}\n`);
  expect(await log.append(event)).toMatchObject({ seq: 5 });
  expect(await log.verify()).toMatchObject({ ok: false, kind: "altered", seq: 5 });
  await rm(join(folder, "audit-head.json"));
  await expect(log.append(event)).rejects.toMatchObject({ code: "audit-damaged" });
});

it("is unavailable where its folder is none, and again available afterwards", async () => {
  const folder = newFolder();
  await writeFile(folder, "");
  const log = logOn(new FileAuditStorage(folder));
  for (const ask of [log.append(event), log.read(), log.verify(), log.ready()]) {
    await expect(ask).rejects.toMatchObject({ code: "audit-unavailable" });
  }
  await expect(log.append(event)).rejects.toThrow(/\(ENOTDIR\)\. Remove the file/);
  await rm(folder);
  expect(await log.append(event)).toMatchObject({ seq: 1 });
});

it("is unavailable, and does not hang, where no folder can be made", async () => {
  const log = logOn(new FileAuditStorage("/proc/pr-review-audit"));
  await expect(log.append(event)).rejects.toThrow(/\/proc\/pr-review-audit .*\(ENOENT\)/);
});

it("is unavailable while its head cannot be written, and loses nothing it acknowledged", async () => {
  const { folder } = await threeRecords();
  const log = logOn(new FileAuditStorage(folder));
  await log.append(event);
  await mkdir(join(folder, "audit-head.json.tmp"));
  await expect(log.append(event)).rejects.toMatchObject({ code: "audit-unavailable" });
  await expect(log.append(event)).rejects.toMatchObject({ code: "audit-unavailable" });
  // What was written of the first of them is there once; the second was not begun.
  expect(await log.verify()).toMatchObject({ ok: true, records: 5 });
  await rm(join(folder, "audit-head.json.tmp"), { recursive: true });
  expect(await log.append(event)).toMatchObject({ seq: 6 });
  expect(await log.verify()).toMatchObject({ ok: true, records: 6 });
});
