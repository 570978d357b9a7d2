import { describe, expect, it } from "vitest";

import { keyId, type RecordStorage, Seal, type StoredToken, TokenStore } from "../src/index.ts";

const root = Buffer.alloc(32, "0123456789abcdef");
const grant = { githubToken: "ghp_alice", githubHost: "github.com", userId: "alice" };

/** What a token store promises on every backend; `open` gives an empty one. */
export function describeTokenStore(name: string, open: () => Promise<RecordStorage>): void {
  describe(name, () => {
    it("leads from a key to its GitHub token", async () => {
      const store = new TokenStore(await open(), new Seal(root));
      const { key } = await store.issue({ ...grant, description: "laptop" });
      const match = await store.find(key);
      expect(match?.githubToken).toBe("ghp_alice");
      expect(match?.record).toMatchObject({ userId: "alice", description: "laptop" });
      expect(match?.record.id).toBe(keyId(key));
    });

    it("finds nothing for a key it never issued", async () => {
      const store = new TokenStore(await open(), new Seal(root));
      const other = new TokenStore(await open(), new Seal(root));
      const { key } = await other.issue(grant);
      await other.revoke(key);
      expect(await store.find(key)).toBeUndefined();
    });

    it("finds nothing for the id of one key with the secret of another", async () => {
      const storage = await open();
      const store = new TokenStore(storage, new Seal(root));
      const { key, record } = await store.issue(grant);
      const [stored] = await storage.list();
      await store.revoke(record.id);
      await storage.insert({ ...stored, keyHash: new Seal(root).hash("another") } as StoredToken);
      expect(await store.find(key)).toBeUndefined();
    });

    it("forgets a revoked key at once, whether named by id or whole", async () => {
      const store = new TokenStore(await open(), new Seal(root));
      const one = await store.issue(grant);
      const two = await store.issue(grant);
      expect(await store.revoke(one.record.id)).toBe(true);
      expect(await store.revoke(two.key)).toBe(true);
      expect(await store.find(one.key)).toBeUndefined();
      expect(await store.find(two.key)).toBeUndefined();
      expect(await store.revoke(one.record.id)).toBe(false);
    });

    it("lists records oldest first and without secrets", async () => {
      let now = 1_000;
      const store = new TokenStore(await open(), new Seal(root), { now: () => (now += 1) });
      const { key } = await store.issue(grant);
      await store.issue({ ...grant, userId: "bob" });
      const records = await store.list();
      expect(records.map(({ userId }) => userId)).toEqual(["alice", "bob"]);
      expect(JSON.stringify(records)).not.toContain("ghp_alice");
      expect(JSON.stringify(records)).not.toContain(key);
      expect(Object.keys(records[0] ?? {})).not.toContain("keyHash");
    });

    it("notes the last use, at most once a minute", async () => {
      let now = 1_000_000;
      const store = new TokenStore(await open(), new Seal(root), { now: () => now });
      const { key } = await store.issue(grant);
      await store.find(key);
      now += 59_999;
      await store.find(key);
      expect((await store.list())[0]?.lastUsedAt).toBe(1_000_000);
      now += 1;
      await store.find(key);
      expect((await store.list())[0]?.lastUsedAt).toBe(1_060_000);
    });

    it("stores neither the key nor the GitHub token readably", async () => {
      const storage = await open();
      const store = new TokenStore(storage, new Seal(root));
      const { key } = await store.issue(grant);
      const atRest = JSON.stringify(await storage.list());
      expect(atRest).not.toContain(key);
      expect(atRest).not.toContain("ghp_alice");
    });

    it("refuses a sealed token moved to another record", async () => {
      const storage = await open();
      const store = new TokenStore(storage, new Seal(root));
      const alice = await store.issue(grant);
      const bob = await store.issue({ ...grant, githubToken: "ghp_bob", userId: "bob" });
      const [a, b] = [await storage.get(alice.record.id), await storage.get(bob.record.id)];
      await storage.remove(bob.record.id);
      await storage.insert({ ...b, sealedToken: a?.sealedToken } as StoredToken);
      await expect(store.find(bob.key)).rejects.toMatchObject({ code: "unreadable-record" });
    });

    it("never overwrites a record whose id is taken", async () => {
      const storage = await open();
      const store = new TokenStore(storage, new Seal(root));
      await store.issue(grant);
      const [stored] = await storage.list();
      expect(await storage.insert({ ...stored, userId: "eve" } as StoredToken)).toBe(false);
      expect((await storage.list())[0]?.userId).toBe("alice");
    });

    it("notes no use of a record that is gone", async () => {
      const storage = await open();
      await storage.touch("0123456789", 1);
      expect(await storage.list()).toEqual([]);
    });
  });
}
