import { expect, it } from "vitest";

import { MemoryAuditStorage } from "../src/index.ts";
import { event, logOn } from "./contract/fixtures.ts";

const log = logOn(new MemoryAuditStorage());

it("cuts texts of more than 512 characters, wherever they are", async () => {
  const [fits, long] = ["a".repeat(512), "b".repeat(513)];
  const cut = `${"b".repeat(511)}…`;
  const record = await log.append({
    ...event,
    actor: fits,
    target: long,
    details: { text: long, list: ["x", long], [long]: fits, number: 1e300 },
  });
  const details = { text: cut, list: ["x", cut], [cut]: fits, number: 1e300 };
  expect(record).toMatchObject({ actor: fits, target: cut, details });
});

it("does not cut through the middle of a character", async () => {
  const { target = "" } = await log.append({ ...event, target: `${"a".repeat(510)}😀😀` });
  expect(target).toBe(`${"a".repeat(510)}…`);
});

it("leaves out the largest details of an event that is too long, and names them", async () => {
  const list = Array.from({ length: 30 }, () => "r".repeat(300));
  const record = await log.append({ ...event, details: { small: 1, b: list, a: list.slice(1) } });
  expect(record.details).toEqual({ small: 1, cut: ["a", "b"] });
  const kept = await log.append({ ...event, details: { list: list.slice(9), small: true } });
  expect(kept.details).toEqual({ list: list.slice(9), small: true });
});

it("holds a record to 8 KiB", async () => {
  const storage = new MemoryAuditStorage();
  const texts = Array.from({ length: 100 }, (_, i) => [`d${i}`, "\u0001".repeat(i)] as const);
  await logOn(storage).append({ ...event, details: Object.fromEntries(texts) });
  for await (const line of storage.read({})) {
    expect(line.length).toBeLessThanOrEqual(8_192);
    expect(line.length).toBeGreaterThan(6_000);
  }
});

it("refuses an event that is too long without its details, and goes on", async () => {
  const target = "\u0001".repeat(512);
  const texts = { actor: target, target, keyId: target, requestId: target };
  await expect(log.append({ ...event, ...texts })).rejects.toMatchObject({
    code: "event-too-large",
  });
  expect(await log.append(event)).toMatchObject(event);
});

it("records null for a number that JSON does not know", async () => {
  const { details } = await log.append({ ...event, details: { a: NaN, b: Infinity, c: -0 } });
  expect(details).toEqual({ a: null, b: null, c: 0 });
  expect(await log.verify()).toMatchObject({ ok: true });
});

it("is intact whatever the details are called", async () => {
  const details = Object.fromEntries([
    ["__proto__", "x"],
    ["constructor", "y"],
    ["hash", "z"],
    ['","hash":"', "0".repeat(64)],
  ]);
  await log.append({ ...event, details });
  expect(await log.verify()).toMatchObject({ ok: true });
});
