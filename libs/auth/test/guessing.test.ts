import { setImmediate } from "node:timers/promises";

import { generateKey } from "@pr-review/token-store";
import { expect, it } from "vitest";

import { AuthError, Authenticator, FailureLimiter } from "../src/index.ts";
import { code, grant, openTokens, startClock } from "./tokens.ts";

const from = { address: "192.0.2.1" };

function guarded() {
  const clock = startClock();
  const tokens = openTokens(clock);
  const failures = new FailureLimiter({ now: clock.now });
  const authenticator = new Authenticator(tokens, { now: clock.now, failures });
  const identify = (key: string, address = from.address) =>
    authenticator.identify(`Bearer ${key}`, { address });
  /** Shows that many keys nobody issued. */
  const guess = async (count: number, address?: string) => {
    for (let i = 0; i < count; i += 1) await identify(randomKey(), address).catch(refusal);
  };
  return { clock, tokens, authenticator, identify, guess };
}

function randomKey(): string {
  return generateKey((below) => Math.floor(Math.random() * below)).key;
}

function refusal(error: unknown): string {
  if (error instanceof AuthError) return error.code;
  throw error;
}

/** The most look-ups in any window of a minute. */
function busiestMinute(times: readonly number[]): number {
  const inMinuteFrom = (start: number) => times.filter((t) => t >= start && t < start + 60_000);
  return Math.max(...times.map((start) => inMinuteFrom(start).length));
}

it("looks up 20 of 100,000 guesses in any minute", async () => {
  const { clock, tokens, identify } = guarded();
  for (let i = 0; i < 100_000; i += 1) {
    await identify(randomKey()).catch(refusal);
    clock.time += 3;
  }
  expect(tokens.lookUps).toHaveLength(100);
  expect(busiestMinute(tokens.lookUps)).toBe(20);
});

it("looks up 20 of 10,000 guesses made at once", async () => {
  const { tokens, identify } = guarded();
  const find = tokens.find.bind(tokens);
  tokens.find = async (key) => {
    await setImmediate();
    return find(key);
  };
  const guesses = Array.from({ length: 10_000 }, () => identify(randomKey()).catch(refusal));
  const codes = await Promise.all(guesses);
  expect(tokens.lookUps).toHaveLength(20);
  expect(codes.filter((each) => each === "invalid-key")).toHaveLength(20);
  expect(codes.filter((each) => each === "too-many-failures")).toHaveLength(9980);
});

it("says when a blocked address may try again, and lets it", async () => {
  const { clock, tokens, identify, guess } = guarded();
  const { key } = await tokens.store.issue(grant);
  await guess(20);
  clock.time += 20_500;
  await expect(identify(key)).rejects.toThrow(
    expect.objectContaining({ code: "too-many-failures", retryAfter: 40 }),
  );
  clock.time += 40_000;
  expect((await identify(key)).isFresh).toBe(true);
});

it("keeps serving keys that were good before, whatever their neighbours try", async () => {
  const { tokens, identify, guess } = guarded();
  const [known, newcomer] = [await tokens.store.issue(grant), await tokens.store.issue(grant)];
  await identify(known.key);
  await guess(1000);
  expect((await identify(known.key)).keyId).toBe(known.record.id);
  await expect(identify(newcomer.key)).rejects.toThrow(code("too-many-failures"));
  expect((await identify(newcomer.key, "192.0.2.2")).keyId).toBe(newcomer.record.id);
});

it("treats a key that was good before, but is revoked, like any guess", async () => {
  const { tokens, identify, guess } = guarded();
  const { key } = await tokens.store.issue(grant);
  await identify(key);
  await tokens.store.revoke(key);
  await guess(20);
  await expect(identify(key)).rejects.toThrow(code("invalid-key"));
  await expect(identify(key)).rejects.toThrow(code("too-many-failures"));
});

it("counts no malformed key, no missing one, and no failure of the store", async () => {
  const { tokens, authenticator, identify } = guarded();
  const { key } = await tokens.store.issue(grant);
  for (let i = 0; i < 30; i += 1) {
    await identify("mcp_mistyped").catch(refusal);
    await authenticator.identify(undefined, from).catch(refusal);
  }
  tokens.isDown = true;
  for (let i = 0; i < 30; i += 1) {
    await expect(identify(key)).rejects.toThrow(code("store-unavailable"));
  }
  tokens.isDown = false;
  expect((await identify(key)).isFresh).toBe(true);
});

it("refuses none of 500 good keys that come at once, and has 20 of them under way", async () => {
  const { tokens, identify } = guarded();
  const issued = await Promise.all(Array.from({ length: 500 }, () => tokens.store.issue(grant)));
  const find = tokens.find.bind(tokens);
  let running = 0;
  let most = 0;
  tokens.find = async (key) => {
    running += 1;
    most = Math.max(most, running);
    await setImmediate();
    running -= 1;
    return find(key);
  };
  const candidates = await Promise.all(issued.map(({ key }) => identify(key)));
  expect(candidates.map(({ keyId }) => keyId)).toEqual(issued.map(({ record }) => record.id));
  expect(most).toBe(20);
});

it("blocks the /64 of an IPv6 address and no other", async () => {
  const { tokens, identify, guess } = guarded();
  const { key } = await tokens.store.issue(grant);
  for (let i = 0; i < 20; i += 1) await guess(1, `2001:db8::${i}:1`);
  await expect(identify(key, "2001:db8:0:0:ffff::1")).rejects.toThrow(code("too-many-failures"));
  expect((await identify(key, "2001:db8:0:1::1")).isFresh).toBe(true);
});
