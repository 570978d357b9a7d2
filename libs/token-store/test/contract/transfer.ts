import { randomBytes } from "node:crypto";

import { expect, it } from "vitest";

import type { RecordStorage, StoredToken, TokenStore } from "../../src/index.ts";
import { dump, grant, k1, k2, storeOn } from "./fixtures.ts";

const foreign = { id: "k1", root: randomBytes(32) };
const rights = {
  allowedIps: ["192.0.2.0/24"],
  readOnly: true,
  githubLogin: "alice",
  githubScopes: ["repo"],
  githubTokenExpiresAt: 1_900_000_000_000,
};

/** What holds when records are taken from one storage to another. */
export function describeTransfer(open: () => Promise<RecordStorage>): void {
  it("takes records over by way of JSON, whose keys then work with the same rights", async () => {
    const [from, to] = [storeOn(await open()), storeOn(await open(), [k2, k1])];
    const issued = [await from.issue(grant), await from.issue({ ...grant, ...rights })];
    const records: unknown[] = JSON.parse(JSON.stringify(await exportedFrom(from)));
    expect(records).toHaveLength(2);
    expect(JSON.stringify(records)).not.toContain("ghp_alice");
    for (const record of records) expect(await to.importRecord(record)).toBe("imported");
    for (const { key, record } of issued) {
      const match = await to.find(key);
      expect(match).toMatchObject({ githubToken: "ghp_alice", record: { id: record.id } });
      expect({ ...match?.record, version: 1, lastUsedAt: undefined }).toEqual(record);
    }
    expect((await to.keyring()).records).toEqual({ k1: 0, k2: 2 });
  });

  it("leaves a key that is here as it is", async () => {
    const store = storeOn(await open());
    const { record } = await store.issue(grant);
    const [exported] = await exportedFrom(store);
    const changed = await store.update(record.id, { disabled: true });
    expect(await store.importRecord(exported)).toBe("exists");
    expect(await store.get(record.id)).toEqual(changed);
  });

  it("gives a record that comes back a version it never had", async () => {
    let now = 1_000;
    const store = storeOn(await open(), undefined, { now: () => now });
    const { key, record } = await store.issue(grant, { reference: "row 1" });
    const versions = new Set([record.version]);
    for (let round = 0; round < 5; round += 1) {
      const [exported] = await exportedFrom(store);
      for (const description of ["a", "b", "c"]) {
        versions.add((await store.update(record.id, { description }))?.version ?? 0);
      }
      await store.revoke(key);
      now += 5;
      expect(await store.importRecord(exported)).toBe("imported");
      const { version = 0 } = (await store.find(key))?.record ?? {};
      expect(versions).not.toContain(version);
      versions.add(version);
    }
  });

  it("refuses what another secret key has sealed, and what was edited, and stores nothing", async () => {
    const from = storeOn(await open(), [k1]);
    await from.issue({ ...grant, ...rights });
    const [exported] = await exportedFrom(from);
    if (exported === undefined) throw new Error("Nothing was exported.");
    const storage = await open();
    const before = await dump(storage);
    const store = storeOn(storage);
    for (const other of [storeOn(storage, [k2]), storeOn(storage, [foreign])]) {
      await expect(other.importRecord(exported)).rejects.toMatchObject({
        code: "unreadable-record",
      });
    }
    for (const wrong of wrongForms(exported)) {
      await expect(store.importRecord(wrong)).rejects.toMatchObject({ code: "unreadable-record" });
    }
    expect(await dump(storage)).toEqual(before);
    expect(store.unreadable).toBe(0);
    expect(await store.importRecord(exported)).toBe("imported");
  });
}

async function exportedFrom(store: TokenStore): Promise<readonly StoredToken[]> {
  const records: StoredToken[] = [];
  for await (const record of store.exportRecords()) records.push(record);
  return records;
}

function wrongForms(exported: StoredToken): readonly unknown[] {
  const { keyHash: _keyHash, ...incomplete } = exported;
  return [
    { ...exported, id: "0123456789" },
    { ...exported, userId: "eve" },
    { ...exported, allowedIps: undefined },
    { ...exported, readOnly: undefined },
    { ...exported, later: true },
    { ...exported, rateLimit: "7" },
    incomplete,
    undefined,
    null,
    "record",
    [exported],
  ];
}
