import { setImmediate } from "node:timers/promises";

import { expect, it } from "vitest";

import { keyId, type RecordStorage } from "../../src/index.ts";
import { dump, grant, k1, k2, storeOn } from "./fixtures.ts";

const atOnce = { perSecond: Number.POSITIVE_INFINITY };

/** What holds when the secret key is changed for a new one. */
export function describeResealing(open: () => Promise<RecordStorage>, records: number): void {
  it(`reseals ${records} records in use, of which the old key opens none`, async () => {
    const storage = await open();
    const old = storeOn(storage);
    await old.checkSecretKey();
    const keys: string[] = [];
    for (let i = 0; i < records; i += 100) {
      const batch = Array.from({ length: Math.min(100, records - i) }, () => old.issue(grant));
      keys.push(...(await Promise.all(batch)).map(({ key }) => key));
    }
    const snapshot = await storage.list();

    const store = storeOn(storage, [k2, k1]);
    expect(await store.keyring()).toEqual({
      current: "k2",
      records: { k1: records, k2: 0 },
      unsealed: 0,
    });
    const done = new AbortController();
    let finds = 0;
    let updates = 0;
    const finding = async (): Promise<void> => {
      for (; !done.signal.aborted || finds < records; finds += 1) {
        await setImmediate();
        const match = await store.find(keys[finds % records] ?? "");
        expect(match?.githubToken).toBe("ghp_alice");
      }
    };
    const updating = async (): Promise<void> => {
      for (; !done.signal.aborted; updates += 1) {
        await setImmediate();
        const id = keyId(keys[(updates * 7) % records] ?? "") ?? "";
        expect(await store.update(id, { description: `change ${updates}` })).toBeDefined();
      }
    };
    const resealing = store.reseal(atOnce).finally(() => done.abort());
    const [result] = await Promise.all([resealing, finding(), updating()]);

    // An update seals with the new key as well, and may be the first to do so.
    expect(result.remaining).toBe(0);
    expect(result.resealed).toBeGreaterThanOrEqual(Math.max(1, records - updates));
    expect(finds).toBeGreaterThanOrEqual(records);
    expect(updates).toBeGreaterThan(0);
    expect(store.unreadable).toBe(0);
    const alone = storeOn(storage, [k2]);
    await alone.checkSecretKey();
    expect(await alone.keyring()).toEqual({
      current: "k2",
      records: { k2: records },
      unsealed: 0,
    });
    for (const key of keys) expect((await alone.find(key))?.githubToken).toBe("ghp_alice");

    const kept = new Set(snapshot.slice(0, 50).map(({ id }) => id));
    const backup = await open();
    for (const record of snapshot.slice(0, 50)) await backup.insert(record);
    for (const key of keys.filter((each) => kept.has(keyId(each) ?? ""))) {
      expect(await storeOn(backup).find(key)).toBeDefined();
      await expect(storeOn(backup, [k2]).find(key)).rejects.toMatchObject({
        code: "unreadable-record",
      });
    }
  });

  it("leaves the key check to the old key while it has records left", async () => {
    const storage = await open();
    const store = storeOn(storage);
    await store.checkSecretKey();
    const { record } = await store.issue(grant);
    await store.issue(grant);
    const stored = await storage.get(record.id);
    if (stored === undefined) throw new Error("Nothing was stored.");
    await storage.remove(record.id);
    await storage.insert({ ...stored, userId: "eve" });
    const both = storeOn(storage, [k2, k1]);
    expect(await both.reseal(atOnce)).toEqual({ resealed: 1, remaining: 1 });
    expect(await storage.keyCheck()).toMatch(/^k1\./);
    await both.revoke(record.id);
    expect(await both.reseal(atOnce)).toEqual({ resealed: 0, remaining: 0 });
    expect(await storage.keyCheck()).toMatch(/^k2\./);
  });

  it("touches nothing that is sealed with the current key", async () => {
    const storage = await open();
    const store = storeOn(storage);
    await store.checkSecretKey();
    await store.issue(grant);
    const { records: before } = Object(await dump(storage));
    expect(await store.reseal()).toEqual({ resealed: 0, remaining: 0 });
    expect(await dump(storage)).toMatchObject({ records: before });
  });

  it("ends between two records when told to", async () => {
    const storage = await open();
    const old = storeOn(storage);
    for (let i = 0; i < 5; i += 1) await old.issue(grant);
    const stop = new AbortController();
    const pause = async (): Promise<void> => stop.abort();
    const result = await storeOn(storage, [k2, k1]).reseal({
      perSecond: 20,
      signal: stop.signal,
      pause,
    });
    expect(result).toEqual({ resealed: 2, remaining: 3 });
  });

  it("reseals no more records a second than told", async () => {
    const storage = await open();
    const old = storeOn(storage);
    for (let i = 0; i < 9; i += 1) await old.issue(grant);
    const pauses: number[] = [];
    const pause = async (ms: number): Promise<unknown> => pauses.push(ms);
    await storeOn(storage, [k2, k1]).reseal({ perSecond: 40, pause });
    expect(pauses).toEqual([100, 100]);
  });
}
