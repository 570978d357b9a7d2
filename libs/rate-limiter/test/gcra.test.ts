import fc from "fast-check";
import { expect, it } from "vitest";

import { InvalidLimitError, MemoryGcraLimiter } from "../src/index.ts";
import { describeRateLimiter } from "./contract.ts";

describeRateLimiter(
  "a limiter of rates in memory",
  async ({ limit, windowMs = 60_000 }, now) => {
    const burst = Math.max(1, Math.floor(limit / 6));
    return new MemoryGcraLimiter({ rate: limit - burst, burst, windowMs }, { now });
  },
  { isExactLog: false, schedules: 500 },
);

it("admits a burst, then the steady rate, and never more than both in any minute", () => {
  let now = 1_763_800_000_000;
  const limiter = new MemoryGcraLimiter({ rate: 60, burst: 10 }, { now: () => now });
  const admitted: number[] = [];
  for (let step = 0; step < 36_000; step += 1) {
    if (limiter.check("a").allowed) admitted.push(now);
    now += 10;
  }
  const first = admitted[0] ?? 0;
  expect(admitted.filter((at) => at - first < 1_000)).toHaveLength(10);
  expect(admitted).toHaveLength(10 + 359);
  for (const end of admitted) {
    const within = admitted.filter((at) => at <= end && end - at <= 60_000);
    expect(within.length).toBeLessThanOrEqual(70);
  }
});

it("is not over at a rate that does not divide the window", () => {
  let now = 1_763_800_000_000;
  const limiter = new MemoryGcraLimiter({ rate: 59_999, burst: 2 }, { now: () => now });
  let count = 0;
  for (const end = now + 60_000; now <= end; now += 1) {
    while (limiter.check("a").allowed) count += 1;
  }
  expect(count).toBeGreaterThan(59_900);
  expect(count).toBeLessThanOrEqual(60_001);
});

it("counts right what remains, whatever the rate", () => {
  const rates = fc.record({
    rate: fc.integer({ min: 1, max: 5_000 }),
    burst: fc.integer({ min: 1, max: 40 }),
  });
  const gaps = fc.array(fc.oneof(fc.nat(50), fc.nat(70_000)), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(rates, gaps, (rate, schedule) => {
      let now = 1_763_800_000_000;
      const limiter = new MemoryGcraLimiter(rate, { now: () => now });
      for (const gap of schedule) {
        now += gap;
        let { remaining, allowed, resetAt } = limiter.check("a");
        while (allowed) {
          const next = limiter.check("a");
          expect(next.allowed).toBe(remaining > 0);
          ({ remaining, allowed, resetAt } = next);
        }
        now = resetAt - 1;
        expect(limiter.check("a").allowed).toBe(false);
        now = resetAt;
        expect(limiter.check("a").allowed).toBe(true);
      }
    }),
    { numRuns: 1_000 },
  );
});

it("divides another limit into rate and burst as its own is", () => {
  const limiter = new MemoryGcraLimiter({ rate: 60, burst: 10 }, { now: () => 1_000 });
  expect(limiter.check("a", { limit: 7 })).toMatchObject({ limit: 7, remaining: 0 });
  expect(limiter.check("b", { limit: 700 })).toMatchObject({ limit: 700, remaining: 99 });
  expect(limiter.check("c", { limit: 1 })).toMatchObject({ limit: 1, remaining: 0 });
  expect(limiter.check("c", { limit: 1 })).toMatchObject({ allowed: false, retryAfter: 61 });
});

it("does not wait for the old time when the clock is set back", () => {
  let now = 1_763_800_000_000;
  const limiter = new MemoryGcraLimiter({ rate: 60, burst: 10 }, { now: () => now });
  limiter.check("a");
  now -= 86_400_000;
  const { allowed, resetAt } = limiter.check("a");
  expect({ allowed, wait: resetAt - now }).toEqual({ allowed: false, wait: 61_000 });
  now = resetAt;
  expect(limiter.check("a").allowed).toBe(true);
});

it("forgets keys that are owed a whole burst, every five minutes", () => {
  let now = 0;
  const limiter = new MemoryGcraLimiter({ rate: 60, burst: 10 }, { now: () => now });
  for (let i = 0; i < 100; i += 1) limiter.check(`idle-${i}`);
  now = 299_500;
  limiter.check("busy");
  expect(limiter.size).toBe(101);
  now = 300_000;
  limiter.check("busy");
  expect(limiter.size).toBe(1);
});

it.each([0, 1.5, 65_536, Number.NaN])("refuses a rate or a burst of %d", (bad) => {
  expect(() => new MemoryGcraLimiter({ rate: bad, burst: 1 })).toThrow(InvalidLimitError);
  expect(() => new MemoryGcraLimiter({ rate: 1, burst: bad })).toThrow(InvalidLimitError);
});
