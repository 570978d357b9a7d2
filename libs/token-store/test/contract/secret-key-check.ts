import { randomBytes } from "node:crypto";

import { expect, it } from "vitest";

import type { RecordStorage } from "../../src/index.ts";
import { dump, grant, k1, k2, storeOn } from "./fixtures.ts";

const wrongK1 = { id: "k1", root: randomBytes(32) };

/** What holds at start, for the secret key of this storage and for any other. */
export function describeSecretKeyCheck(open: () => Promise<RecordStorage>): void {
  it("knows its secret key again, also with a newer one before it", async () => {
    const storage = await open();
    await storeOn(storage).checkSecretKey();
    expect(await storage.keyCheck()).toMatch(/^k1\./);
    await storeOn(storage).checkSecretKey();
    await storeOn(storage).issue(grant);
    await storeOn(storage, [k2, k1]).checkSecretKey();
    expect(await storage.keyCheck()).toMatch(/^k1\./);
  });

  it.each([
    ["another secret", [wrongK1]],
    ["another secret behind a newer one", [k2, wrongK1]],
    ["another key", [k2]],
  ])("refuses %s and changes nothing", async (_, keys) => {
    const storage = await open();
    await storeOn(storage).issue(grant);
    await storeOn(storage).checkSecretKey();
    const before = await dump(storage);
    const error: unknown = await storeOn(storage, keys)
      .checkSecretKey()
      .catch((e: unknown) => e);
    expect(error).toMatchObject({ code: "wrong-secret-key" });
    expect(String(error)).toContain(storage.name);
    expect(String(error)).toContain("Nothing was changed");
    expect(await dump(storage)).toEqual(before);
  });

  it("judges by the records where there is no key check", async () => {
    const storage = await open();
    await storeOn(storage).issue(grant);
    await expect(storeOn(storage, [wrongK1]).checkSecretKey()).rejects.toMatchObject({
      code: "wrong-secret-key",
    });
    expect(await storage.keyCheck()).toBeUndefined();
    await storeOn(storage).checkSecretKey();
    expect(await storage.keyCheck()).toMatch(/^k1\./);
  });

  it("names the keys that are missing", async () => {
    const storage = await open();
    await storeOn(storage, [k2]).issue(grant);
    await expect(storeOn(storage, [k1]).checkSecretKey()).rejects.toThrow(/ k2, which/);
    expect(await storage.keyCheck()).toBeUndefined();
  });

  it("starts although one record of many was tampered with", async () => {
    const storage = await open();
    const store = storeOn(storage);
    const { record } = await store.issue(grant);
    const stored = await storage.get(record.id);
    if (stored === undefined) throw new Error("Nothing was stored.");
    await storage.remove(record.id);
    await storage.insert({ ...stored, userId: "eve" });
    await store.issue(grant);
    await store.checkSecretKey();
    expect(await storage.keyCheck()).toMatch(/^k1\./);
  });
}
