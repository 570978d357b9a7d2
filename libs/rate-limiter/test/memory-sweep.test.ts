import { expect, it } from "vitest";

import { MemoryRateLimiter } from "../src/index.ts";

it("forgets idle keys every five minutes and no others", () => {
  let now = 0;
  const limiter = new MemoryRateLimiter({ limit: 2 }, { now: () => now });
  for (let i = 0; i < 100; i += 1) limiter.check(`idle-${i}`);
  now = 290_000;
  limiter.check("busy");
  expect(limiter.size).toBe(101);
  now = 300_000;
  limiter.check("busy");
  expect(limiter.size).toBe(1);
  expect(limiter.check("busy").allowed).toBe(false);
});

it("lets go of a million keys and of their memory", () => {
  let now = 1_763_800_000_000;
  const limiter = new MemoryRateLimiter({ limit: 70 }, { now: () => now });
  for (let i = 0; i < 1_000_000; i += 1) limiter.check(`key-${i}`);
  expect(limiter.size).toBe(1_000_000);
  const full = limiter.bytes;
  expect(full).toBeGreaterThan(20_000_000);
  now += 600_000;
  limiter.check("key-1");
  expect(limiter.size).toBe(1);
  expect(limiter.bytes).toBeLessThan(full / 1_000);
  now += 600_000;
  limiter.sweep();
  expect([limiter.size, limiter.bytes]).toEqual([0, 0]);
});

it("takes at most 160 bytes of arrays for a key whose 70 admissions are all live", () => {
  const limiter = new MemoryRateLimiter({ limit: 70 }, { now: () => 1_000 });
  for (let round = 0; round < 70; round += 1) {
    for (let i = 0; i < 10_000; i += 1) limiter.check(`key-${i}`);
  }
  expect(limiter.bytes / 10_000).toBeLessThan(160);
});

it("gives the room of forgotten keys to new ones, who find nothing of theirs", () => {
  let now = 1_000_000;
  const limiter = new MemoryRateLimiter({ limit: 20 }, { now: () => now });
  const takeAll = (name: (i: number) => string, times: number) => {
    for (let i = 0; i < 600 * times; i += 1) limiter.check(name(i % 600));
  };
  takeAll((i) => `old-${i}`, 20);
  const held = limiter.bytes;
  now += 100_000;
  takeAll((i) => `old-${2 * (i % 300)}`, 2);
  limiter.sweep();
  expect(limiter.size).toBe(300);
  for (let round = 0; round < 20; round += 1) {
    for (let i = 0; i < 300; i += 1) {
      const verdict = limiter.check(`new-${i}`);
      expect(verdict).toMatchObject({ allowed: true, remaining: 19 - round });
    }
  }
  expect(limiter.size).toBe(600);
  expect(limiter.bytes).toBe(held);
});

it("keeps the admissions of each key apart while their rings grow and move", () => {
  let now = 1_000_000;
  const limiter = new MemoryRateLimiter({ limit: 100 }, { now: () => now });
  const wanted = (i: number) => (i * 7) % 101;
  for (let round = 0; round < 100; round += 1) {
    for (let i = 0; i < 700; i += 1) if (round < wanted(i)) limiter.check(`key-${i}`);
    now += 10;
  }
  for (let i = 0; i < 700; i += 1) {
    const { allowed, remaining } = limiter.check(`key-${i}`);
    const left = 100 - wanted(i);
    expect({ allowed, remaining }).toEqual({ allowed: left > 0, remaining: Math.max(0, left - 1) });
  }
});
