import fc from "fast-check";
import { expect, it } from "vitest";

import { InvalidLimitError, MemoryRateLimiter } from "../src/index.ts";
import { describeRateLimiter } from "./contract.ts";

describeRateLimiter(
  "a rate limiter in memory",
  async (limit, now) => new MemoryRateLimiter(limit, { now }),
  { schedules: 500 },
);

it("answers check at once with what take promises", async () => {
  const limiter = new MemoryRateLimiter({ limit: 2 }, { now: () => 1_000 });
  expect(limiter.check("a")).toEqual(
    await new MemoryRateLimiter({ limit: 2 }, { now: () => 1_000 }).take("a"),
  );
  expect(limiter.check("a").remaining).toBe(0);
  expect((await limiter.take("a")).allowed).toBe(false);
});

it("leaves the companion to backends that have a store to read it from", async () => {
  const limiter = new MemoryRateLimiter({ limit: 2 });
  const verdict = await limiter.take("a", { companion: { key: "k", field: "f" } });
  expect(Object.keys(verdict)).toEqual(["allowed", "limit", "remaining", "resetAt", "retryAfter"]);
});

it("keeps the age of every admission when the clock is set back by an hour", () => {
  let now = 10_000_000;
  const limiter = new MemoryRateLimiter({ limit: 2 }, { now: () => now });
  limiter.check("a");
  now += 20_000;
  limiter.check("a");
  now -= 3_600_000;
  expect(limiter.check("a")).toMatchObject({ allowed: false, resetAt: now + 40_001 });
  now += 40_000;
  expect(limiter.check("a").allowed).toBe(false);
  now += 1;
  expect(limiter.check("a")).toMatchObject({ allowed: true, resetAt: now + 20_000 });
});

it.each([65_536, 60_000, 60_001, 49 * 86_400_000, 2 ** 32, 2 ** 32 + 1, 2 ** 41])(
  "tells an admission from one %i ms ago",
  (gap) => {
    let now = 1_000;
    const limiter = new MemoryRateLimiter({ limit: 1 }, { now: () => now });
    limiter.check("a");
    now += gap;
    expect(limiter.check("a").allowed).toBe(gap > 60_000);
  },
);

it("is never over a window of a day, and at most two ticks late", () => {
  const windowMs = 86_400_000;
  const tick = windowMs / 60_000;
  const gaps = fc.array(fc.oneof(fc.nat(5_000), fc.nat(windowMs)), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(gaps, fc.integer({ min: 1, max: 5 }), (schedule, limit) => {
      let now = 1_763_800_000_123;
      const limiter = new MemoryRateLimiter({ limit, windowMs }, { now: () => now });
      const admitted: number[] = [];
      for (const gap of schedule) {
        now += gap;
        const { allowed } = limiter.check("a");
        const within = (age: number) => admitted.filter((at) => now - at <= age).length;
        expect(!allowed || within(windowMs) < limit).toBe(true);
        expect(allowed || within(windowMs + 2 * tick) >= limit).toBe(true);
        if (allowed) admitted.push(now);
      }
    }),
    { numRuns: 1_000 },
  );
});

it("keeps its word to the millisecond in a window of a day too", () => {
  let now = 1_763_800_000_123;
  const limiter = new MemoryRateLimiter({ limit: 1, windowMs: 86_400_000 }, { now: () => now });
  const { resetAt } = limiter.check("a");
  expect(limiter.check("a")).toMatchObject({ allowed: false, resetAt, retryAfter: 86_402 });
  now = resetAt - 1;
  expect(limiter.check("a")).toMatchObject({ allowed: false, resetAt, retryAfter: 1 });
  now = resetAt;
  expect(limiter.check("a").allowed).toBe(true);
});

it.each([0, -1, 1.5, 65_536, Number.NaN, Number.POSITIVE_INFINITY])(
  "refuses a limit of %d, its own and one it is asked with",
  async (limit) => {
    expect(() => new MemoryRateLimiter({ limit })).toThrow(InvalidLimitError);
    const limiter = new MemoryRateLimiter({ limit: 1 });
    await expect(limiter.take("a", { limit })).rejects.toMatchObject({ code: "invalid-limit" });
    expect((await limiter.take("a")).allowed).toBe(true);
  },
);

it.each([0, 0.5, -1, Number.NaN, Number.POSITIVE_INFINITY])(
  "refuses a window of %d ms",
  (windowMs) => {
    expect(() => new MemoryRateLimiter({ limit: 1, windowMs })).toThrow(InvalidLimitError);
  },
);

it("holds the largest limit exactly", () => {
  let now = 1_763_800_000_000;
  const limiter = new MemoryRateLimiter({ limit: 65_535 }, { now: () => now });
  const admissions = () => {
    let count = 0;
    for (let i = 0; i < 65_600; i += 1) if (limiter.check("a").allowed) count += 1;
    return count;
  };
  expect(admissions()).toBe(65_535);
  now += 60_000;
  expect(admissions()).toBe(0);
  now += 1;
  expect(admissions()).toBe(65_535);
});
