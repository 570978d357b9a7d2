import { expect, it } from "vitest";

import type { RecordStorage, TokenChange } from "../../src/index.ts";
import { grant, storeOn } from "./fixtures.ts";

/** What holds when the rights of a key are changed. */
export function describeChanges(open: () => Promise<RecordStorage>): void {
  it("changes every right of a key, which goes on working", async () => {
    const store = storeOn(await open());
    const { key, record } = await store.issue(grant);
    const change = {
      userId: "bob",
      description: "moved",
      scopes: [],
      allowedRepos: ["o/r"],
      rateLimit: 3,
      expiresAt: 5,
      disabled: true,
      disabledReason: "idle",
      allowedIps: ["::1"],
      readOnly: true,
      githubLogin: "bob",
      githubScopes: ["repo"],
      githubTokenExpiresAt: 6,
    };
    const changed = await store.update(record.id, { ...change, githubToken: " ghp_bob " });
    expect(changed).toEqual({ ...record, ...change, version: 2 });
    const match = await store.find(key);
    expect(match).toEqual({ record: changed, githubToken: "ghp_bob" });
  });

  it("clears with null and keeps what is absent", async () => {
    const store = storeOn(await open());
    const rights = { description: "d", allowedRepos: ["o/r"], rateLimit: 3, expiresAt: 5 };
    const policies = { allowedIps: ["192.0.2.1"], readOnly: true };
    const facts = { githubLogin: "a", githubScopes: ["repo"], githubTokenExpiresAt: 6 };
    const { key, record } = await store.issue({ ...grant, ...rights, ...policies, ...facts });
    await store.update(record.id, { description: "e" });
    expect(await store.get(record.id)).toEqual({ ...record, description: "e", version: 2 });
    const nothing = { userId: null, description: null, allowedRepos: null };
    const unlimited = { rateLimit: null, expiresAt: null, allowedIps: null, readOnly: null };
    const unknown = { githubLogin: null, githubScopes: null, githubTokenExpiresAt: null };
    await store.update(record.id, { ...nothing, ...unlimited, ...unknown });
    const match = await store.find(key);
    expect(match?.githubToken).toBe("ghp_alice");
    expect(match?.record).toMatchObject({ version: 3, scopes: ["comments:read"] });
    expect(match?.record.userId).toBeUndefined();
    expect(match?.record.description).toBeUndefined();
    expect(match?.record.allowedRepos).toBeUndefined();
    expect(match?.record.rateLimit).toBeUndefined();
    expect(match?.record.expiresAt).toBeUndefined();
    expect(match?.record.allowedIps).toBeUndefined();
    expect(match?.record.readOnly).toBe(false);
    expect(match?.record.githubLogin).toBeUndefined();
    expect(match?.record.githubScopes).toBeUndefined();
    expect(match?.record.githubTokenExpiresAt).toBeUndefined();
  });

  it("forgets what it knew of a GitHub token when another one takes its place", async () => {
    const store = storeOn(await open());
    const facts = { githubLogin: "alice", githubScopes: ["repo"], githubTokenExpiresAt: 6 };
    const { record } = await store.issue({ ...grant, ...facts });
    const changed = await store.update(record.id, { githubToken: "ghp_b", githubLogin: "bob" });
    expect(changed).toEqual({
      ...record,
      githubLogin: "bob",
      githubScopes: undefined,
      githubTokenExpiresAt: undefined,
      version: 2,
    });
  });

  it("keeps the reason why a key is disabled for as long as it is", async () => {
    const store = storeOn(await open());
    const { record } = await store.issue(grant);
    const reasonAfter = async (change: TokenChange): Promise<string | undefined> =>
      (await store.update(record.id, change))?.disabledReason;
    expect(await reasonAfter({ disabledReason: "idle" })).toBeUndefined();
    expect(await reasonAfter({ disabled: true, disabledReason: "idle" })).toBe("idle");
    expect(await reasonAfter({ description: "x" })).toBe("idle");
    expect(await reasonAfter({ disabled: false })).toBeUndefined();
    expect(await reasonAfter({ disabled: true })).toBeUndefined();
  });

  it("tells nothing from empty", async () => {
    const store = storeOn(await open());
    const { key } = await store.issue({ ...grant, userId: "", allowedRepos: [], scopes: [] });
    const match = await store.find(key);
    expect(match?.record).toMatchObject({ userId: "", allowedRepos: [], scopes: [] });
    expect(match?.record.description).toBeUndefined();
  });

  it("changes nothing of a key that is not there, or to a blank GitHub token", async () => {
    const store = storeOn(await open());
    expect(await store.update("0123456789", { disabled: true })).toBeUndefined();
    const { key, record } = await store.issue(grant);
    await expect(store.update(record.id, { githubToken: " " })).rejects.toMatchObject({
      code: "invalid-token",
    });
    expect((await store.find(key))?.record.version).toBe(1);
  });

  it("loses none of 20 changes made at the same time", async () => {
    const storage = await open();
    const stores = [storeOn(storage), storeOn(storage)];
    const issued = await storeOn(storage).issue(grant);
    const { id } = issued.record;
    const changes = Array.from({ length: 20 }, async (_, i) =>
      stores[i % 2]?.update(id, i % 2 === 0 ? { description: "even" } : { rateLimit: i }),
    );
    const versions = (await Promise.all(changes)).map((record) => record?.version);
    expect(versions.toSorted((a = 0, b = 0) => a - b)).toEqual(
      Array.from({ length: 20 }, (_, i) => i + 2),
    );
    const match = await storeOn(storage).find(issued.key);
    expect(match?.record).toMatchObject({ version: 21, description: "even" });
    expect(match?.record.rateLimit).toBeGreaterThan(0);
  });

  it("replaces no version but the one it was told", async () => {
    const storage = await open();
    const store = storeOn(storage);
    const { key, record } = await store.issue(grant);
    const before = await storage.get(record.id);
    await store.update(record.id, { disabled: true });
    if (before === undefined) throw new Error("Nothing was stored.");
    const late = { ...before, userId: "late", sealed: "k1.AAAA" };
    expect(await storage.replace(late, 1)).toBe(false);
    expect(await storage.replace(late, 3)).toBe(false);
    expect((await store.find(key))?.record).toMatchObject({ userId: "alice", disabled: true });
    await store.revoke(key);
    expect(await storage.replace(late, 2)).toBe(false);
    expect(await storage.list()).toEqual([]);
  });
}
