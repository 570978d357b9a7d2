import { LRUCache } from "lru-cache";
import { expect, it, onTestFinished, vi } from "vitest";

import { Authenticator, FailureLimiter } from "../src/index.ts";
import { code, grant, openTokens, startClock } from "./tokens.ts";

const from = { address: "192.0.2.1" };

/** A remembered key: the store has been asked once, and the candidate comes from memory. */
async function remembered() {
  const clock = startClock();
  const tokens = openTokens(clock);
  const { key, record } = await tokens.store.issue({ ...grant, expiresAt: clock.time + 3_600_000 });
  const authenticator = new Authenticator(tokens, { now: clock.now, remember: 10 });
  const identify = () => authenticator.identify(`Bearer ${key}`, from);
  await identify();
  const confirm = async (version: string | null | undefined) =>
    authenticator.confirm(await identify(), version);
  return { clock, tokens, key, id: record.id, authenticator, identify, confirm };
}

it("needs no look-up for a remembered key whose version is the same", async () => {
  const { tokens, identify, confirm } = await remembered();
  expect((await identify()).isFresh).toBe(false);
  expect((await confirm("1")).userId).toBe("alice");
  expect(tokens.lookUps).toHaveLength(1);
});

it("tells the store of a use once a minute, though it asks it nothing", async () => {
  const { clock, tokens, id, confirm } = await remembered();
  const lastUsed = async () => (await tokens.store.get(id))?.lastUsedAt;
  const first = clock.time;
  clock.time += 59_999;
  await confirm("1");
  expect(await lastUsed()).toBe(first);
  clock.time += 1;
  await confirm("1");
  expect(await lastUsed()).toBe(first + 60_000);
  clock.time += 59_999;
  await confirm("1");
  expect(await lastUsed()).toBe(first + 60_000);
  expect(tokens.lookUps).toHaveLength(1);
});

it("refuses a key whose record is gone, at once and from then on", async () => {
  const { tokens, id, identify, confirm } = await remembered();
  await tokens.store.revoke(id);
  await expect(confirm(null)).rejects.toThrow(code("invalid-key"));
  await expect(identify()).rejects.toThrow(code("invalid-key"));
  expect(tokens.lookUps).toHaveLength(2);
});

it("refuses a fresh key, too, whose record went in the meantime", async () => {
  const tokens = openTokens();
  const { key } = await tokens.store.issue(grant);
  const authenticator = new Authenticator(tokens);
  const candidate = await authenticator.identify(`Bearer ${key}`, from);
  await expect(authenticator.confirm(candidate, null)).rejects.toThrow(code("invalid-key"));
});

it("looks a changed key up again, and remembers what it found", async () => {
  const { tokens, id, identify, confirm } = await remembered();
  await tokens.store.update(id, { githubToken: "ghp_b", scopes: ["comments:write"], rateLimit: 5 });
  const principal = await confirm("2");
  expect(principal.credential.token).toBe("ghp_b");
  expect(principal.scopes).toEqual(["comments:write"]);
  expect(await identify()).toMatchObject({ rateLimit: 5, version: 2, isFresh: false });
  expect(tokens.lookUps).toHaveLength(2);
});

it("refuses a key that was disabled, once its version tells", async () => {
  const { tokens, id, identify, confirm } = await remembered();
  await tokens.store.update(id, { disabled: true });
  await expect(confirm("2")).rejects.toThrow(code("invalid-key"));
  await expect(identify()).rejects.toThrow(code("invalid-key"));
});

it("judges expiry again for a remembered key", async () => {
  const { clock, tokens, identify } = await remembered();
  clock.time += 3_600_000;
  await expect(identify()).rejects.toThrow(code("invalid-key"));
  expect(tokens.lookUps).toHaveLength(1);
});

it("serves a remembered key for a minute after it was last confirmed while the store is down", async () => {
  const { clock, tokens, confirm } = await remembered();
  clock.time += 50_000;
  await confirm("1");
  tokens.isDown = true;
  clock.time += 60_000;
  expect((await confirm(undefined)).userId).toBe("alice");
  clock.time += 1;
  await expect(confirm(undefined)).rejects.toThrow(code("store-unavailable"));
  await expect(confirm("1")).rejects.toThrow(code("store-unavailable"));
  tokens.isDown = false;
  expect((await confirm(undefined)).userId).toBe("alice");
});

it("looks a key up again that nobody could confirm for too long, when the store is there", async () => {
  const { clock, tokens, id, confirm } = await remembered();
  await tokens.store.revoke(id);
  clock.time += 60_001;
  await expect(confirm(undefined)).rejects.toThrow(code("invalid-key"));
});

it("keeps digests between requests, and no key", async () => {
  const set = vi.spyOn(LRUCache.prototype, "set");
  onTestFinished(() => set.mockRestore());
  const { key } = await remembered();
  const kept = JSON.stringify(set.mock.calls);
  expect(set.mock.calls.length).toBeGreaterThan(1);
  expect(kept).toContain("ghp_a");
  expect(kept).not.toContain(key);
});

it("forgets the key that was not used for longest when there are too many", async () => {
  const tokens = openTokens();
  const authenticator = new Authenticator(tokens, { remember: 2 });
  const issued = await Promise.all([1, 2, 3].map(() => tokens.store.issue(grant)));
  for (const { key } of issued) await authenticator.identify(`Bearer ${key}`, from);
  const isFresh = [];
  for (const { key } of issued.toReversed()) {
    isFresh.push((await authenticator.identify(`Bearer ${key}`, from)).isFresh);
  }
  expect(isFresh).toEqual([false, false, true]);
});

it("refuses a good key at an address that it may not be used from, and counts no guess", async () => {
  const tokens = openTokens();
  const { key, record } = await tokens.store.issue({ ...grant, allowedIps: ["192.0.2.0/24"] });
  const failures = new FailureLimiter({ limit: 1 });
  const authenticator = new Authenticator(tokens, { remember: 10, failures });
  const confirmAt = async (address: string, version: string | undefined) =>
    authenticator.confirm(await authenticator.identify(`Bearer ${key}`, { address }), version);
  for (const version of ["1", undefined]) {
    for (const address of ["198.51.100.1", "::1", ""]) {
      await expect(confirmAt(address, version)).rejects.toThrow(code("address-not-allowed"));
    }
    expect((await confirmAt("192.0.2.7", version)).userId).toBe("alice");
    expect((await confirmAt("::ffff:192.0.2.7", version)).userId).toBe("alice");
  }
  expect(failures.left("198.51.100.1")).toBe(1);

  await tokens.store.update(record.id, { allowedIps: ["198.51.100.1"] });
  expect((await confirmAt("198.51.100.1", "2")).userId).toBe("alice");
  await expect(confirmAt("192.0.2.7", "2")).rejects.toThrow(code("address-not-allowed"));
});

it("confirms nothing that it has not identified itself", async () => {
  const { authenticator, identify } = await remembered();
  const copy = { ...(await identify()) };
  await expect(authenticator.confirm(copy, "1")).rejects.toThrow(TypeError);
});
