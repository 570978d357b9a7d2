import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

import { bundle, type Program, run } from "@pr-review/program-rig";
import { afterAll, beforeAll, expect, it } from "vitest";

import { FileAuditStorage } from "../../src/file.ts";
import { contentOf, event, logOn } from "../contract/fixtures.ts";

const kills = 40;
let appender: Program;
let folder = "";

beforeAll(async () => {
  appender = await bundle(new URL("appender.ts", import.meta.url));
  folder = await mkdtemp(join(tmpdir(), "audit-log-kill-"));
});

afterAll(async () => {
  await appender.remove();
  await rm(folder, { recursive: true });
});

/** Starts the program, kills it at a random moment, and answers the hashes it was told, by seq. */
async function runAndKill(): Promise<ReadonlyMap<number, string>> {
  const { child, lines, line, ended } = run(appender, [folder]);
  // Acknowledgements, not time: a disk may be slow.
  await line(Math.floor(2 + Math.random() * 20));
  await wait(Math.random() * 10);
  child.kill("SIGKILL");
  await ended;
  return new Map(
    lines.slice(1).map((text) => [Number(text.split(" ")[0]), text.split(" ")[1] ?? ""]),
  );
}

it(`has every acknowledged record and is intact after each of ${kills} kills`, async () => {
  const acknowledged = new Map<number, string>();
  let behind = 0;
  for (let killed = 1; killed <= kills; killed += 1) {
    for (const [seq, hash] of await runAndKill()) acknowledged.set(seq, hash);
    const storage = new FileAuditStorage(folder);
    if ((await storage.load()).tail.length > 0) behind += 1;
    const log = logOn(storage);
    expect(await log.verify()).toMatchObject({ ok: true, from: 1 });
    const { lines } = await contentOf(storage);
    const lost = [...acknowledged].filter(([seq, hash]) => !lines[seq - 1]?.includes(hash));
    expect(lost).toEqual([]);
  }
  const log = logOn(new FileAuditStorage(folder));
  await log.append(event);
  expect(await log.verify()).toMatchObject({ ok: true });
  // Else the kills would prove nothing.
  expect(acknowledged.size).toBeGreaterThan(200);
  expect(behind).toBeGreaterThan(0);
  const files = (await readdir(folder)).filter((name) => name.endsWith(".jsonl"));
  expect(files.length).toBeGreaterThan(1);
}, 300_000);

it("refuses what no longer fits, and keeps exactly what it acknowledged", async () => {
  const full = join(folder, "full");
  const { lines, ended } = run(appender, [full], 24);
  await ended;
  const refusals = lines.filter((line) => line.startsWith("audit-unavailable "));
  expect(refusals).toHaveLength(5);
  for (const refusal of refusals) expect(refusal).toContain(`${full} cannot be read or written`);
  expect(refusals[0]).toContain("Raise the limit of file size");
  const acknowledged = lines.slice(1).filter((line) => /^\d/.test(line));
  expect(acknowledged.length).toBeGreaterThan(10);

  const log = logOn(new FileAuditStorage(full));
  const found = await log.read({ limit: 1_000 });
  expect(found.map(({ seq, hash }) => `${seq} ${hash}`)).toEqual(acknowledged);
  expect(await log.verify()).toMatchObject({ ok: true, records: acknowledged.length });
  expect(await log.append(event)).toMatchObject({ seq: acknowledged.length + 1 });
});
