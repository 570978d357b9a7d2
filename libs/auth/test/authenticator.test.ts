import { generateKey } from "@pr-review/token-store";
import { expect, it } from "vitest";

import { Authenticator } from "../src/index.ts";
import { code, grant, openTokens, startClock } from "./tokens.ts";

const from = { address: "192.0.2.1" };

it("hands out the principal of a key, with the host its GitHub token is bound to", async () => {
  const tokens = openTokens();
  const limits = {
    scopes: ["comments:read"],
    allowedRepos: ["acme/*"],
    rateLimit: 10,
    allowedIps: ["192.0.2.0/24"],
    readOnly: true,
    expiresAt: 1_900_000_000_000,
  };
  const { key, record } = await tokens.store.issue({ ...grant, ...limits });
  const authenticator = new Authenticator(tokens);
  const candidate = await authenticator.identify(`Bearer ${key}`, from);
  expect(candidate).toEqual({ keyId: record.id, rateLimit: 10, version: 1, isFresh: true });
  expect(await authenticator.confirm(candidate, "1")).toEqual({
    keyId: record.id,
    userId: "alice",
    ...limits,
    credential: { token: "ghp_a", host: "ghe.example" },
  });
});

it("hands out the scopes that a read-only key has left, for whoever asks them elsewhere", async () => {
  const tokens = openTokens();
  const scopes = ["comments:read", "comments:write"];
  const { key, record } = await tokens.store.issue({ ...grant, scopes, readOnly: true });
  const authenticator = new Authenticator(tokens);
  const scopesNow = async () => {
    const candidate = await authenticator.identify(`Bearer ${key}`, from);
    return (await authenticator.confirm(candidate, undefined)).scopes;
  };
  expect(await scopesNow()).toEqual(["comments:read"]);
  await tokens.store.update(record.id, { readOnly: false });
  expect(await scopesNow()).toEqual(scopes);
});

it("asks the store every time while it is not told to remember", async () => {
  const tokens = openTokens();
  const { key } = await tokens.store.issue(grant);
  const authenticator = new Authenticator(tokens);
  await authenticator.identify(`Bearer ${key}`, from);
  const { isFresh } = await authenticator.identify(`Bearer ${key}`, from);
  expect({ isFresh, lookUps: tokens.lookUps.length }).toEqual({ isFresh: true, lookUps: 2 });
});

const { key: wellFormed } = generateKey();

it.each([
  wellFormed,
  "Bearer",
  "Bearer ",
  `Basic ${wellFormed}`,
  `Token ${wellFormed}`,
  `Bearer ${wellFormed} ${wellFormed}`,
  `Bearer ${wellFormed},`,
  `Bearer\t${wellFormed}`,
  `Bearer ${wellFormed}\r\nX: y`,
  `Bearer ${wellFormed}\u0000`,
  `Bearer "${wellFormed}"`,
  `Bearer ${wellFormed.slice(0, -1)}`,
  `Bearer ${wellFormed.toUpperCase()}`,
  "Bearer ключ",
])("refuses the malformed header %j without asking the store", async (header) => {
  const tokens = openTokens();
  const refused = new Authenticator(tokens).identify(header, from);
  await expect(refused).rejects.toThrow(code("invalid-key"));
  expect(tokens.lookUps).toEqual([]);
});

it("asks the store for no key with a wrong letter, wherever it is", async () => {
  const tokens = openTokens();
  const { key } = await tokens.store.issue(grant);
  const authenticator = new Authenticator(tokens);
  const typos = Array.from(key, (letter, at) =>
    ["0", "A", "z", "-"]
      .filter((other) => other !== letter)
      .map((other) => key.slice(0, at) + other + key.slice(at + 1)),
  ).flat();
  const refusals = await Promise.all(
    typos.map((typo) => authenticator.identify(`Bearer ${typo}`, from).catch(String)),
  );
  expect(refusals.length).toBeGreaterThan(150);
  expect(new Set(refusals).size).toBe(1);
  expect(tokens.lookUps).toEqual([]);
});

it("refuses malformed, unknown, revoked, disabled and expired keys in the same words", async () => {
  const clock = startClock();
  const tokens = openTokens(clock);
  const [revoked, disabled, expired] = await Promise.all([
    tokens.store.issue(grant),
    tokens.store.issue(grant),
    tokens.store.issue({ ...grant, expiresAt: clock.time + 1 }),
  ]);
  await tokens.store.revoke(revoked.key);
  await tokens.store.update(disabled.record.id, { disabled: true });
  clock.time += 1;

  const keys = ["mcp_short", wellFormed, revoked.key, disabled.key, expired.key];
  const authenticator = new Authenticator(tokens, { now: clock.now });
  const refusals = await Promise.all(
    keys.map((key) => authenticator.identify(`Bearer ${key}`, from).catch(described)),
  );
  expect(new Set(refusals).size).toBe(1);
  expect(refusals[0]).toContain("invalid-key");
});

it("lets a key in until the very moment it expires", async () => {
  const clock = startClock();
  const tokens = openTokens(clock);
  const { key } = await tokens.store.issue({ ...grant, expiresAt: clock.time + 1000 });
  const authenticator = new Authenticator(tokens, { now: clock.now, remember: 1 });
  clock.time += 999;
  expect((await authenticator.identify(`Bearer ${key}`, from)).isFresh).toBe(true);
  clock.time += 1;
  await expect(authenticator.identify(`Bearer ${key}`, from)).rejects.toThrow(code("invalid-key"));
});

it("passes the error of a broken store on, instead of calling the key wrong", async () => {
  const tokens = openTokens();
  const { key } = await tokens.store.issue(grant);
  tokens.isDown = true;
  const refused = new Authenticator(tokens).identify(`Bearer ${key}`, from);
  await expect(refused).rejects.toThrow(code("store-unavailable"));
});

it.each([undefined, "", "  "])("misses credentials in the header %j", async (header) => {
  const refused = new Authenticator(openTokens()).identify(header, from);
  await expect(refused).rejects.toThrow(code("missing-credentials"));
});

/** All that an answer could be made of. */
function described(error: unknown): string {
  return error instanceof Error ? JSON.stringify([error.name, error.message, error]) : "";
}
