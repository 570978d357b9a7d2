import { randomInt } from "node:crypto";

import { expect, it } from "vitest";

import {
  generateKey,
  Keyring,
  keyId,
  type RecordStorage,
  Seal,
  TokenStore,
} from "../../src/index.ts";
import { grant, k1, legacyKey, storeOn } from "./fixtures.ts";

const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** Another key of the same id, as one would make it who knows the id and the checksum only. */
function forged(id: string): string {
  const given = Array.from(id, (letter) => alphabet.indexOf(letter));
  return generateKey((below) => given.shift() ?? randomInt(below)).key;
}

/** What holds for keys from their issue to their end. */
export function describeKeys(open: () => Promise<RecordStorage>): void {
  it("leads from a key to its GitHub token and everything granted", async () => {
    const store = storeOn(await open());
    const rights = {
      description: "laptop",
      scopes: ["comments:read", "comments:write"],
      allowedRepos: ["octo/*", "o/r"],
      rateLimit: 7,
      expiresAt: 1_900_000_000_000,
      allowedIps: ["192.0.2.0/24", "2001:db8::1"],
      readOnly: true,
      githubLogin: "octocat",
      githubScopes: ["repo", "read:org"],
      githubTokenExpiresAt: 1_950_000_000_000,
    };
    const { key, record } = await store.issue({ ...grant, ...rights });
    const match = await store.find(key);
    expect(match?.githubToken).toBe("ghp_alice");
    expect(match?.record).toEqual(record);
    expect(record).toMatchObject({ ...rights, userId: "alice", githubHost: "github.com" });
    expect(record).toMatchObject({ id: keyId(key), disabled: false, version: 1 });
    expect(await store.get(record.id)).toMatchObject(rights);
  });

  it("grants reading and nothing else unless told", async () => {
    const { githubToken, githubHost } = grant;
    const { record } = await storeOn(await open()).issue({ githubToken, githubHost });
    const { id: _id, createdAt: _createdAt, ...rest } = record;
    expect(rest).toEqual({
      userId: undefined,
      description: undefined,
      githubHost: "github.com",
      scopes: ["comments:read"],
      allowedRepos: undefined,
      rateLimit: undefined,
      lastUsedAt: undefined,
      expiresAt: undefined,
      disabled: false,
      disabledReason: undefined,
      allowedIps: undefined,
      readOnly: false,
      reference: undefined,
      rotatedFrom: undefined,
      rotatedTo: undefined,
      githubLogin: undefined,
      githubScopes: undefined,
      githubTokenExpiresAt: undefined,
      version: 1,
    });
  });

  it("finds a key that has expired or is disabled: that is judged elsewhere", async () => {
    const store = storeOn(await open());
    const { key, record } = await store.issue({ ...grant, expiresAt: 1 });
    await store.update(record.id, { disabled: true });
    expect((await store.find(key))?.record).toMatchObject({ expiresAt: 1, disabled: true });
  });

  it("finds nothing for a key it never issued", async () => {
    const store = storeOn(await open());
    await store.issue(grant);
    expect(await store.find(generateKey().key)).toBeUndefined();
    expect(await store.get(generateKey().id)).toBeUndefined();
  });

  it("finds nothing for the id of one key with the secret of another", async () => {
    const store = storeOn(await open());
    const { key, record } = await store.issue(grant);
    const other = forged(record.id);
    expect(keyId(other)).toBe(record.id);
    expect(other).not.toBe(key);
    expect(await store.find(other)).toBeUndefined();
    expect(store.unreadable).toBe(0);
  });

  it("refuses a blank GitHub token", async () => {
    const store = storeOn(await open());
    await expect(store.issue({ ...grant, githubToken: " \n" })).rejects.toMatchObject({
      code: "invalid-token",
    });
    expect(await store.list()).toEqual([]);
  });

  it("takes in a key of the predecessor, once", async () => {
    const store = storeOn(await open());
    const key = legacyKey();
    const record = await store.import(key, grant);
    expect(record.id).toMatch(/^[0-9A-Za-z]{10}$/);
    expect((await store.find(key))?.githubToken).toBe("ghp_alice");
    await expect(store.import(key, { ...grant, userId: "eve" })).rejects.toMatchObject({
      code: "key-taken",
    });
    expect(await store.find(legacyKey())).toBeUndefined();
    expect(await store.revoke(key)).toBe(true);
    expect(await store.find(key)).toBeUndefined();
  });

  it("gives an id that comes back a version it never had", async () => {
    let now = 1_000;
    const seal = new Seal(new Keyring([k1]));
    const store = new TokenStore(await open(), seal, { now: () => now });
    const key = legacyKey();
    const { id, version } = await store.import(key, grant);
    const changed = await store.update(id, { description: "changed" });
    await store.revoke(key);
    now += 5;
    const again = await store.import(key, grant);
    expect([version, changed?.version]).not.toContain(again.version);
    expect(again.version).toBeGreaterThan(changed?.version ?? 0);
  });

  it.each([
    ["a key of ours", generateKey().key],
    ["a shorter one", legacyKey().slice(0, -1)],
    ["a longer one", `${legacyKey()}A`],
    ["another prefix", `MCP_${legacyKey().slice(4)}`],
    ["a foreign letter", `${legacyKey().slice(0, -1)}+`],
  ])("imports no key of another shape: %s", async (_, key) => {
    const storage = await open();
    const error: unknown = await storeOn(storage)
      .import(key, grant)
      .catch((e: unknown) => e);
    expect(error).toMatchObject({ code: "not-importable" });
    expect(String(error)).not.toContain(key);
    expect(await storage.list()).toEqual([]);
  });

  it("forgets a revoked key at once, whether named by id or whole", async () => {
    const store = storeOn(await open());
    const one = await store.issue(grant);
    const two = await store.issue(grant);
    expect(await store.revoke(one.record.id)).toBe(true);
    expect(await store.revoke(two.key)).toBe(true);
    expect(await store.find(one.key)).toBeUndefined();
    expect(await store.find(two.key)).toBeUndefined();
    expect(await store.revoke(one.record.id)).toBe(false);
  });

  it("counts its keys, working or not", async () => {
    const store = storeOn(await open());
    expect(await store.count()).toBe(0);
    const issued = await Promise.all(Array.from({ length: 7 }, () => store.issue(grant)));
    await store.update(issued[0]?.record.id ?? "", { disabled: true });
    expect(await store.count()).toBe(7);
    await store.revoke(issued[1]?.key ?? "");
    expect(await store.count()).toBe(6);
  });

  it("lists records oldest first and without secrets", async () => {
    let now = 1_000;
    const seal = new Seal(new Keyring([k1]));
    const store = new TokenStore(await open(), seal, { now: () => (now -= 1) });
    const { key } = await store.issue(grant);
    await store.issue({ ...grant, userId: "bob" });
    const records = await store.list();
    expect(records.map(({ userId }) => userId)).toEqual(["bob", "alice"]);
    expect(JSON.stringify(records)).not.toContain("ghp_alice");
    expect(JSON.stringify(records)).not.toContain(key);
    expect(Object.keys(records[0] ?? {})).not.toContain("keyHash");
    expect(Object.keys(records[0] ?? {})).not.toContain("sealed");
  });

  it("notes the last use, at most once a minute", async () => {
    let now = 1_000_000;
    const seal = new Seal(new Keyring([k1]));
    const store = new TokenStore(await open(), seal, { now: () => now });
    const lastUse = async (): Promise<unknown> => (await store.list())[0]?.lastUsedAt;
    const { key } = await store.issue(grant);
    await store.find(key);
    await expect.poll(lastUse).toBe(1_000_000);
    now += 59_999;
    await store.find(key);
    now += 1;
    await store.find(key);
    await expect.poll(lastUse).toBe(1_060_000);
    expect((await store.find(key))?.record).toMatchObject({ version: 1 });
  });

  it("stores neither the key nor the GitHub token readably", async () => {
    const storage = await open();
    const { key } = await storeOn(storage).issue(grant);
    const atRest = JSON.stringify(await storage.list());
    expect(atRest).not.toContain(key);
    expect(atRest).not.toContain(key.slice(15, 47));
    expect(atRest).not.toContain("ghp_alice");
    expect(atRest).not.toContain(Buffer.from("ghp_alice").toString("base64url").slice(1, -1));
  });

  it("never overwrites a record whose id is taken", async () => {
    const storage = await open();
    const store = storeOn(storage);
    const { key, record } = await store.issue(grant);
    const [stored] = await storage.list();
    if (stored === undefined) throw new Error("Nothing was stored.");
    expect(await storage.insert({ ...stored, userId: "eve", sealed: "k1.AAAA" })).toBe(false);
    expect((await store.find(key))?.record).toEqual(record);
  });

  it("notes no use of a record that is gone", async () => {
    const storage = await open();
    await storage.touch("0123456789", 1);
    expect(await storage.list()).toEqual([]);
  });
}
