import fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { RateLimit, RateLimiter, Verdict } from "../src/index.ts";

/** Gives a fresh limiter that reads the time from `now`, in ms. */
export type OpenLimiter = (limit: RateLimit, now: () => number) => Promise<RateLimiter>;

/** How a limiter is to be held to its contract. */
export interface ContractOptions {
  /**
   * Whether the whole limit may come at once and every admission is freed when it leaves the window.
   * A limiter that paces its callers does neither.
   */
  readonly isExactLog?: boolean;
  /** How many random schedules to try. */
  readonly schedules?: number;
}

/** What every rate limiter promises, and what an exact log promises beyond it. */
export function describeRateLimiter(
  name: string,
  open: OpenLimiter,
  { isExactLog = true, schedules = 20 }: ContractOptions = {},
): void {
  describe(name, () => {
    promisesOfEvery(open, schedules);
    if (isExactLog) promisesOfExactLog(open);
  });
}

function promisesOfEvery(open: OpenLimiter, schedules: number): void {
  it("admits as many at once as it says remain, then denies", async () => {
    const limiter = await open({ limit: 12 }, () => 1_000);
    const first = await limiter.take("a");
    expect(first).toMatchObject({ allowed: true, limit: 12, retryAfter: 0 });
    for (let left = first.remaining - 1; left >= 0; left -= 1) {
      expect(await limiter.take("a")).toMatchObject({ allowed: true, remaining: left });
    }
    expect(await limiter.take("a")).toMatchObject({ allowed: false, limit: 12, remaining: 0 });
  });

  it("keeps the budgets of two keys apart, whatever they are called", async () => {
    const limiter = await open({ limit: 2 }, () => 1_000);
    for (const key of ["a", "", "__proto__", "a:b", "ключ", "x".repeat(200)]) {
      expect((await limiter.take(key)).allowed).toBe(true);
      await exhaust(limiter, key);
    }
  });

  it("says when to come back, and keeps its word to the millisecond", async () => {
    let now = 1_000;
    const limiter = await open({ limit: 2 }, () => now);
    await limiter.take("a");
    now = 31_000;
    const { resetAt, retryAfter } = await exhaust(limiter, "a");
    expect(retryAfter).toBe(Math.ceil((resetAt - now) / 1_000));
    now = resetAt - 1;
    expect((await limiter.take("a")).allowed).toBe(false);
    now = resetAt;
    expect((await limiter.take("a")).allowed).toBe(true);
  });

  it("charges nothing for a denied request", async () => {
    let now = 0;
    const limiter = await open({ limit: 2, windowMs: 1_000 }, () => now);
    const { resetAt } = await exhaust(limiter, "a");
    for (now = 1; now < resetAt; now += 7) {
      expect((await limiter.take("a")).allowed).toBe(false);
    }
    now = resetAt;
    expect((await limiter.take("a")).allowed).toBe(true);
  });

  it("never admits more than the limit in any window", async () => {
    await fc.assert(
      fc.asyncProperty(schedule, fc.integer({ min: 2, max: 9 }), async (gaps, limit) => {
        let now = 1_000_000;
        const limiter = await open({ limit, windowMs: 1_000 }, () => now);
        const admitted: number[] = [];
        for (const gap of gaps) {
          now += gap;
          if ((await limiter.take("a")).allowed) admitted.push(now);
          expect(admitted.filter((at) => now - at <= 1_000).length).toBeLessThanOrEqual(limit);
        }
      }),
      { numRuns: schedules },
    );
  });

  it("holds a key to the limit it is asked with, and the others to its own", async () => {
    const limiter = await open({ limit: 20 }, () => 1_000);
    const small = await limiter.take("a", { limit: 2 });
    expect(small.limit).toBe(2);
    expect(small.remaining).toBeLessThan(2);
    await exhaust(limiter, "a", 2);
    const own = await limiter.take("b");
    expect(own.limit).toBe(20);
    const large = await limiter.take("c", { limit: 200 });
    expect(large.limit).toBe(200);
    expect(large.remaining).toBeGreaterThan(own.remaining);
  });

  it("frees nothing early and asks for no endless wait when the clock is set back", async () => {
    let now = 10_000_000;
    const limiter = await open({ limit: 2 }, () => now);
    const { resetAt } = await exhaust(limiter, "a");
    for (now of [9_995_000, 9_995_000, 10_015_000]) {
      const denied = await limiter.take("a");
      expect(denied.allowed).toBe(false);
      expect(denied.retryAfter).toBeGreaterThanOrEqual(1);
      expect(denied.retryAfter).toBeLessThanOrEqual(130);
    }
    now = resetAt + 60_000;
    expect((await limiter.take("a")).allowed).toBe(true);
  });
}

function promisesOfExactLog(open: OpenLimiter): void {
  it("admits the whole limit at once", async () => {
    const limiter = await open({ limit: 3 }, () => 1_000);
    const verdicts = [];
    for (let i = 0; i < 5; i += 1) verdicts.push(await limiter.take("a"));
    expect(verdicts.map(({ allowed }) => allowed)).toEqual([true, true, true, false, false]);
    expect(verdicts.map(({ remaining }) => remaining)).toEqual([2, 1, 0, 0, 0]);
  });

  it("counts an admission until it is older than the window", async () => {
    let now = 1_000;
    const limiter = await open({ limit: 2 }, () => now);
    await limiter.take("a");
    now = 31_000;
    await limiter.take("a");
    const denied = { allowed: false, limit: 2, remaining: 0, resetAt: 61_001 };
    expect(await limiter.take("a")).toEqual({ ...denied, retryAfter: 31 });
    now = 61_000;
    expect(await limiter.take("a")).toEqual({ ...denied, retryAfter: 1 });
    now = 61_001;
    expect(await limiter.take("a")).toMatchObject({ allowed: true, resetAt: 91_001 });
  });

  it("counts every live admission against the limit of the moment", async () => {
    let now = 0;
    const limiter = await open({ limit: 70 }, () => now);
    for (; now < 70; now += 1) expect((await limiter.take("a")).allowed).toBe(true);
    const lowered = await limiter.take("a", { limit: 10 });
    expect(lowered).toMatchObject({ allowed: false, limit: 10, resetAt: 60_061 });
    const raised = [];
    for (let i = 0; i < 40; i += 1) raised.push(await limiter.take("a", { limit: 100 }));
    expect(raised.filter(({ allowed }) => allowed)).toHaveLength(30);
    expect(raised[29]).toMatchObject({ limit: 100, remaining: 0, resetAt: 60_001 });
    expect((await limiter.take("a")).allowed).toBe(false);
  });
}

/** Gaps in ms that dwell on the edges of a window of 1,000. */
const schedule = fc.array(fc.oneof(fc.nat(40), fc.constantFrom(0, 999, 1_000, 1_001, 65_536)), {
  minLength: 1,
  maxLength: 120,
});

/** Takes until the limiter denies, and gives that verdict. */
async function exhaust(limiter: RateLimiter, key: string, limit?: number): Promise<Verdict> {
  for (let i = 0; i < 300; i += 1) {
    const verdict = await limiter.take(key, limit === undefined ? {} : { limit });
    if (!verdict.allowed) return verdict;
  }
  throw new Error("the limiter never denied");
}
