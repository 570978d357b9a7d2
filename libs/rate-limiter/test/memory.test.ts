import fc from "fast-check";
import { expect, it } from "vitest";

import { MemoryRateLimiter } from "../src/index.ts";
import { describeRateLimiter } from "./contract.ts";

describeRateLimiter("a rate limiter in memory", async (limit, now) => {
  return new MemoryRateLimiter(limit, { now });
});

it("decides as a plain list of admissions would, over any schedule", async () => {
  const gaps = fc.array(fc.oneof(fc.nat(40), fc.constantFrom(999, 1_000, 1_001)), {
    minLength: 1,
    maxLength: 200,
  });
  await fc.assert(
    fc.asyncProperty(gaps, fc.integer({ min: 1, max: 9 }), async (schedule, limit) => {
      let now = 1_000_000;
      const limiter = new MemoryRateLimiter({ limit, windowMs: 1_000 }, { now: () => now });
      const admitted: number[] = [];
      for (const gap of schedule) {
        now += gap;
        const live = admitted.filter((at) => now - at <= 1_000).length;
        const { allowed, remaining } = await limiter.take("a");
        expect(allowed).toBe(live < limit);
        expect(remaining).toBe(Math.max(0, limit - live - 1));
        if (allowed) admitted.push(now);
      }
    }),
    { numRuns: 500 },
  );
});

it("forgets idle keys every five minutes and no others", async () => {
  let now = 0;
  const limiter = new MemoryRateLimiter({ limit: 2 }, { now: () => now });
  for (let i = 0; i < 100; i += 1) await limiter.take(`idle-${i}`);
  now = 290_000;
  await limiter.take("busy");
  expect(limiter.size).toBe(101);
  now = 300_000;
  await limiter.take("busy");
  expect(limiter.size).toBe(1);
  expect((await limiter.take("busy")).allowed).toBe(false);
});
