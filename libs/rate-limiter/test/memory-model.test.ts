import fc from "fast-check";
import { expect, it } from "vitest";

import { MemoryRateLimiter, type Verdict } from "../src/index.ts";

const windowMs = 60_000;

/** The clock may stand anywhere, as near the edge of 16, 32 and 48 bits. */
const start = fc.oneof(
  fc.constantFrom(0, 65_535, 2 ** 32 - 30_000, 2 ** 40 - 1),
  fc.integer({ min: 0, max: 2 ** 42 }),
);

const gap = fc.oneof(
  { weight: 6, arbitrary: fc.nat(30) },
  { weight: 3, arbitrary: fc.nat(70_000) },
  {
    weight: 3,
    arbitrary: fc.constantFrom(0, 1, 59_999, windowMs, 60_001, 65_535, 65_536, 65_537, 131_072),
  },
  { weight: 1, arbitrary: fc.constantFrom(2 ** 32, 49 * 86_400_000) },
);

/** Mostly the same limit for a while, now and then another. */
const limit = fc.oneof(
  { weight: 8, arbitrary: fc.constant(undefined) },
  { weight: 1, arbitrary: fc.constantFrom(1, 2, 7, 8, 9, 17, 40) },
);

const schedule = fc.array(fc.record({ gap, limit, times: fc.constantFrom(1, 1, 1, 3, 12) }), {
  minLength: 1,
  maxLength: 25,
});

it("decides as a plain list of admissions would, over any schedule and change of limit", () => {
  let denials = 0;
  fc.assert(
    fc.property(start, schedule, fc.integer({ min: 1, max: 20 }), (from, steps, own) => {
      let now = from;
      const limiter = new MemoryRateLimiter({ limit: own }, { now: () => now });
      const model = new ListOfAdmissions();
      const verdicts: Verdict[] = [];
      const expected: Verdict[] = [];
      for (const step of steps) {
        now += step.gap;
        for (let i = 0; i < step.times; i += 1) {
          const ask = step.limit === undefined ? {} : { limit: step.limit };
          verdicts.push(limiter.check("a", ask));
          expected.push(model.take(now, step.limit ?? own));
        }
      }
      expect(verdicts).toEqual(expected);
      denials += verdicts.filter(({ allowed }) => !allowed).length;
    }),
    { numRuns: 10_000 },
  );
  expect(denials).toBeGreaterThan(10_000);
});

it("admits who waits until he is told to, and nobody a millisecond before", () => {
  fc.assert(
    fc.property(start, schedule, fc.integer({ min: 1, max: 20 }), (from, steps, own) => {
      let now = from;
      const limiter = new MemoryRateLimiter({ limit: own }, { now: () => now });
      for (const step of steps) {
        now += step.gap;
        const verdict = limiter.check("a");
        let left = verdict.remaining;
        while (limiter.check("a").allowed) left -= 1;
        expect(left).toBe(0);
        const { resetAt, retryAfter } = limiter.check("a");
        const asked = now;
        now = resetAt - 1;
        expect(limiter.check("a").allowed).toBe(false);
        now = asked + retryAfter * 1_000;
        expect(now).toBeGreaterThanOrEqual(resetAt);
        expect(now - resetAt).toBeLessThan(1_000);
        now = resetAt;
        expect(limiter.check("a").allowed).toBe(true);
      }
    }),
    { numRuns: 2_000 },
  );
});

it("frees nothing early, whichever way the clock is set", () => {
  const steps = fc.array(
    fc.record({ gap, drift: fc.constantFrom(0, 0, 0, 0, -1, -5_000, -3_600_000) }),
    { minLength: 1, maxLength: 60 },
  );
  fc.assert(
    fc.property(steps, fc.integer({ min: 1, max: 9 }), (stepsTaken, own) => {
      let elapsed = 0;
      let offset = 1_763_800_000_000;
      const limiter = new MemoryRateLimiter({ limit: own }, { now: () => elapsed + offset });
      const admitted: number[] = [];
      for (const { gap: passed, drift } of stepsTaken) {
        elapsed += passed;
        offset += drift;
        const { allowed, retryAfter } = limiter.check("a");
        expect(retryAfter).toBeLessThanOrEqual(61);
        expect(retryAfter).toBeGreaterThanOrEqual(allowed ? 0 : 1);
        if (allowed) admitted.push(elapsed);
        const live = admitted.filter((at) => elapsed - at <= windowMs).length;
        expect(live).toBeLessThanOrEqual(own);
      }
    }),
    { numRuns: 2_000 },
  );
});

/** The definition: fewer than `limit` admissions that are not older than the window. */
class ListOfAdmissions {
  readonly #admitted: number[] = [];

  take(now: number, of: number): Verdict {
    const live = this.#admitted.filter((at) => now - at <= windowMs);
    const allowed = live.length < of;
    if (allowed) this.#admitted.push(now);
    const frees = allowed ? (live[0] ?? now) : (live[live.length - of] ?? Number.NaN);
    const resetAt = frees + windowMs + 1;
    return {
      allowed,
      limit: of,
      remaining: allowed ? of - live.length - 1 : 0,
      resetAt,
      retryAfter: allowed ? 0 : Math.max(1, Math.ceil((resetAt - now) / 1_000)),
    };
  }
}
