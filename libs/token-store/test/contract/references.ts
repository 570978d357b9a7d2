import { expect, it } from "vitest";

import { keyId, type RecordStorage } from "../../src/index.ts";
import { grant, storeOn } from "./fixtures.ts";

/** What holds for keys that their issuer names. */
export function describeReferences(open: () => Promise<RecordStorage>): void {
  it("issues one key for a reference, and names it to whoever comes second", async () => {
    const storage = await open();
    const store = storeOn(storage);
    const { key, record } = await store.issue(grant, { reference: "row 1" });
    expect(record).toMatchObject({ id: keyId(key), reference: "row 1", userId: "alice" });
    const again = storeOn(storage).issue({ ...grant, userId: "eve" }, { reference: "row 1" });
    await expect(again).rejects.toMatchObject({ code: "key-taken", keyId: record.id });
    expect((await store.find(key))?.record).toEqual(record);
    const other = await store.issue(grant, { reference: "row 2" });
    expect(other.record.id).not.toBe(record.id);
    expect(await store.count()).toBe(2);
  });

  it("issues one key for a reference that 20 ask for at once", async () => {
    const storage = await open();
    const stores = [storeOn(storage), storeOn(storage)];
    const asked = Array.from({ length: 20 }, async (_, i) =>
      stores[i % 2]?.issue(grant, { reference: "" }),
    );
    const settled = await Promise.allSettled(asked);
    const issued = settled.flatMap((each) => (each.status === "fulfilled" ? [each.value] : []));
    expect(issued).toHaveLength(1);
    expect(await storeOn(storage).find(issued[0]?.key ?? "")).toBeDefined();
    for (const each of settled.filter(({ status }) => status === "rejected")) {
      expect(each).toMatchObject({ reason: { code: "key-taken", keyId: issued[0]?.record.id } });
    }
    expect(await storage.count()).toBe(1);
  });

  it("issues a reference again when its key is revoked, with a version it never had", async () => {
    let now = 1_000;
    const store = storeOn(await open(), undefined, { now: () => now });
    const { record } = await store.issue(grant, { reference: "row 1" });
    const changed = await store.update(record.id, { description: "changed" });
    await store.revoke(record.id);
    now += 5;
    const again = await store.issue(grant, { reference: "row 1" });
    expect(again.record.id).toBe(record.id);
    expect(again.record.version).toBeGreaterThan(changed?.version ?? Number.POSITIVE_INFINITY);
  });

  it("uses up no reference for a grant it refuses", async () => {
    const store = storeOn(await open());
    const refused = store.issue({ ...grant, githubToken: " " }, { reference: "row 1" });
    await expect(refused).rejects.toMatchObject({ code: "invalid-token" });
    expect((await store.issue(grant, { reference: "row 1" })).record.reference).toBe("row 1");
  });
}
