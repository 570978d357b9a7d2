import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { expect, it } from "vitest";

import { DayLedger } from "../../src/day-ledger.ts";
import { FileUsageStorage } from "../../src/file.ts";
import { decodeDay, encodeDay } from "../../src/file/day-file.ts";
import { call, logOn } from "../contract/fixtures.ts";
import { temporaryFolder } from "./folder.ts";

const day = "2026-11-22";
const row = {
  keyId: "k1",
  userId: "alice",
  tool: "fetch",
  calls: 5,
  errors: 1,
  denials: 2,
  points: 9,
};

it("reads what it wrote", () => {
  const ledger = new DayLedger([row, { ...row, userId: undefined }], [["w", 7]]);
  const read = decodeDay(day, encodeDay(day, ledger));
  expect(read?.rows).toEqual(ledger.rows);
  expect(read?.read("w").sequence).toBe(7);
});

it("is damaged whichever bit is flipped, wherever it is cut off, and with anything after its end", () => {
  const whole = encodeDay(day, new DayLedger([row]));
  for (let bit = 0; bit < whole.length * 8; bit += 1) {
    const altered = Buffer.from(whole);
    altered[bit >> 3] = (altered[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    expect(decodeDay(day, altered)).toBeUndefined();
  }
  for (let length = 0; length < whole.length; length += 1) {
    expect(decodeDay(day, whole.subarray(0, length))).toBeUndefined();
  }
  expect(decodeDay(day, Buffer.concat([whole, Buffer.from(" ")]))).toBeUndefined();
  expect(decodeDay("2026-11-21", whole)).toBeUndefined();
});

it.each(["", "{}", "damaged"])("is refused by its path and left as it is: %o", async (content) => {
  const folder = await temporaryFolder();
  const path = join(folder, `${day}.usage`);
  await writeFile(path, content);
  const log = logOn(await FileUsageStorage.open(folder));
  log.note(call());
  const work = [async () => log.flush(), async () => log.read(), async () => log.flush()];
  for (const each of work) {
    const refused = each();
    await expect(refused).rejects.toMatchObject({ name: "UsageError", code: "damaged-usage" });
    await expect(refused).rejects.toThrow(path);
  }
  expect(await readFile(path, "utf8")).toBe(content);

  await rename(path, `${path}.away`);
  await log.flush();
  expect((await log.totals()).calls).toBe(1);
});
