import { expect, it } from "vitest";

import type { RecordStorage, TokenStore } from "../../src/index.ts";
import { grant, legacyKey, storeOn } from "./fixtures.ts";

const policies = {
  description: "laptop",
  scopes: ["comments:read", "comments:write"],
  allowedRepos: ["octo/*"],
  rateLimit: 7,
  allowedIps: ["192.0.2.0/24"],
  readOnly: true,
  githubLogin: "alice",
  githubScopes: ["repo"],
  githubTokenExpiresAt: 1_900_000_000_000,
};

/** A store and the clock that it reads. */
async function start(open: () => Promise<RecordStorage>) {
  const clock = { now: 1_800_000_000_000 };
  const storage = await open();
  const store = storeOn(storage, undefined, { now: () => clock.now });
  return { storage, store, clock };
}

/** Whether a key may do anything at that time. */
async function works(store: TokenStore, key: string, at: number): Promise<boolean> {
  const { record } = (await store.find(key)) ?? {};
  if (record === undefined || record.disabled) return false;
  return (record.expiresAt ?? Number.POSITIVE_INFINITY) > at;
}

/** What holds when one key follows another. */
export function describeRotation(open: () => Promise<RecordStorage>): void {
  it("lets a new key follow with all policies, and the old one work for the grace period", async () => {
    const { store, clock } = await start(open);
    const expiresAt = clock.now + 1_000_000;
    const old = await store.issue({ ...grant, ...policies, expiresAt }, { reference: "row 1" });
    clock.now += 10;
    const rotated = await store.rotate(old.record.id, { graceMs: 60_000 });
    if (rotated === undefined) throw new Error("Nothing was rotated.");
    const { key, record, previous } = rotated;
    expect(record).toMatchObject({ ...policies, userId: "alice", expiresAt });
    expect(record).toMatchObject({ rotatedFrom: old.record.id, createdAt: clock.now });
    expect(record.reference).toBeUndefined();
    expect(previous).toEqual({
      ...old.record,
      rotatedTo: record.id,
      expiresAt: clock.now + 60_000,
      version: old.record.version + 1,
    });
    expect(await store.find(key)).toEqual({ record, githubToken: "ghp_alice" });
    expect((await store.find(old.key))?.record).toMatchObject(previous);
    expect(await works(store, old.key, clock.now + 59_999)).toBe(true);
    expect(await works(store, old.key, clock.now + 60_000)).toBe(false);
    expect(await store.count()).toBe(2);
  });

  it("rotates a key of the predecessor, and prolongs no key that expires earlier anyway", async () => {
    const { store, clock } = await start(open);
    const legacy = legacyKey();
    const { id } = await store.import(legacy, { ...grant, expiresAt: clock.now + 50 });
    const expiresAt = clock.now + 5_000;
    const rotated = await store.rotate(id, { graceMs: 100, expiresAt });
    expect(rotated?.previous.expiresAt).toBe(clock.now + 50);
    expect(rotated?.record.expiresAt).toBe(expiresAt);
    const again = await store.rotate(rotated?.record.id ?? "", { graceMs: 100, expiresAt: null });
    expect(again?.record.expiresAt).toBeUndefined();
  });

  it("ends the old key at once without a grace period, whatever a clock says", async () => {
    const { store, clock } = await start(open);
    const old = await store.issue(grant);
    const rotated = await store.rotate(old.record.id, { graceMs: 0 });
    expect(rotated?.previous).toMatchObject({ disabled: true, disabledReason: "rotated" });
    expect(rotated?.previous.expiresAt).toBe(clock.now);
    expect(await works(store, old.key, 0)).toBe(false);
    expect(await works(store, rotated?.key ?? "", clock.now)).toBe(true);
  });

  it("has two keys of a line at most: the third ends the first, which never works again", async () => {
    const { store, clock } = await start(open);
    const first = await store.issue(grant);
    const second = await store.rotate(first.record.id, { graceMs: 60_000 });
    const third = await store.rotate(second?.record.id ?? "", { graceMs: 60_000 });
    const keys = [first.key, second?.key ?? "", third?.key ?? ""];
    const working = await Promise.all(keys.map(async (key) => works(store, key, clock.now)));
    expect(working).toEqual([false, true, true]);

    for (const change of [{ disabled: false }, { expiresAt: null }]) {
      await expect(store.update(first.record.id, change)).rejects.toMatchObject({
        code: "already-rotated",
        keyId: second?.record.id,
      });
    }
    expect(await works(store, first.key, clock.now)).toBe(false);
  });

  it("lets a rotated key be changed, ended or disabled for a while, and never prolonged", async () => {
    const { store, clock } = await start(open);
    const old = await store.issue(grant);
    const { id } = old.record;
    await store.rotate(id, { graceMs: 60_000 });
    for (const expiresAt of [null, clock.now + 60_001]) {
      await expect(store.update(id, { expiresAt })).rejects.toMatchObject({
        code: "already-rotated",
      });
    }
    await store.update(id, { disabled: true });
    await store.update(id, { disabled: false, description: "x", expiresAt: clock.now + 10 });
    expect(await works(store, old.key, clock.now)).toBe(true);
    expect(await works(store, old.key, clock.now + 10)).toBe(false);
  });

  it("rotates no key twice, and names the one that follows it", async () => {
    const { store } = await start(open);
    const old = await store.issue(grant);
    const rotated = await store.rotate(old.record.id, { graceMs: 60_000 });
    const before = await store.list();
    await expect(store.rotate(old.record.id, { graceMs: 0 })).rejects.toMatchObject({
      code: "already-rotated",
      keyId: rotated?.record.id,
    });
    expect(await store.list()).toEqual(before);
  });

  it("rotates no key that is disabled or has expired, and none that is not there", async () => {
    const { store, clock } = await start(open);
    const disabled = await store.issue(grant);
    await store.update(disabled.record.id, { disabled: true });
    const expired = await store.issue({ ...grant, expiresAt: clock.now });
    const before = await store.list();
    for (const { record } of [disabled, expired]) {
      await expect(store.rotate(record.id, { graceMs: 1 })).rejects.toMatchObject({
        code: "not-rotatable",
      });
    }
    expect(await store.rotate("0123456789", { graceMs: 1 })).toBeUndefined();
    for (const graceMs of [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      await expect(store.rotate(disabled.record.id, { graceMs })).rejects.toThrow(RangeError);
    }
    expect(await store.list()).toEqual(before);
  });

  it("takes no key for a leftover that somebody uses, though the old one came back from a backup", async () => {
    const { storage, store, clock } = await start(open);
    const old = await store.issue(grant);
    const backup = await storage.get(old.record.id);
    const rotated = await store.rotate(old.record.id, { graceMs: 60_000 });
    await store.revoke(old.record.id);
    expect(await store.importRecord(backup)).toBe("imported");
    await store.find(rotated?.key ?? "");
    const id = rotated?.record.id ?? "";
    await expect.poll(async () => (await store.get(id))?.lastUsedAt).toBe(clock.now);
    await expect(store.rotate(old.record.id, { graceMs: 0 })).rejects.toMatchObject({
      code: "already-rotated",
      keyId: id,
    });
    expect(await works(store, rotated?.key ?? "", clock.now)).toBe(true);
  });

  it("gives the new key to one of ten that rotate at once, and leaves nothing of the others", async () => {
    const { storage, store, clock } = await start(open);
    const stores = [store, storeOn(storage, undefined, { now: () => clock.now })];
    const old = await store.issue(grant);
    const rotations = Array.from({ length: 10 }, async (_, i) =>
      stores[i % 2]?.rotate(old.record.id, { graceMs: 60_000 }),
    );
    const settled = await Promise.allSettled(rotations);
    const won = settled.flatMap((each) => (each.status === "fulfilled" ? [each.value] : []));
    expect(won).toHaveLength(1);
    for (const each of settled.filter(({ status }) => status === "rejected")) {
      expect(each).toMatchObject({ reason: { code: "already-rotated" } });
    }
    expect(await works(store, won[0]?.key ?? "", clock.now)).toBe(true);
    expect(await works(store, old.key, clock.now)).toBe(true);
    expect(await store.count()).toBe(2);
  });
}
