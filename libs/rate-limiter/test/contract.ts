import { describe, expect, it } from "vitest";

import type { RateLimit, RateLimiter } from "../src/index.ts";

/** What every rate limiter promises; `open` gives a fresh one that reads the time from `now`. */
export function describeRateLimiter(
  name: string,
  open: (limit: RateLimit, now: () => number) => Promise<RateLimiter>,
): void {
  describe(name, () => {
    it("admits up to the limit and then denies", async () => {
      const limiter = await open({ limit: 3 }, () => 1_000);
      const verdicts = [];
      for (let i = 0; i < 5; i += 1) verdicts.push(await limiter.take("a"));
      expect(verdicts.map(({ allowed }) => allowed)).toEqual([true, true, true, false, false]);
      expect(verdicts.map(({ remaining }) => remaining)).toEqual([2, 1, 0, 0, 0]);
    });

    it("keeps the budgets of two keys apart", async () => {
      const limiter = await open({ limit: 1 }, () => 1_000);
      await limiter.take("a");
      expect((await limiter.take("a")).allowed).toBe(false);
      expect((await limiter.take("b")).allowed).toBe(true);
    });

    it("says when to come back, and keeps its word to the millisecond", async () => {
      let now = 1_000;
      const limiter = await open({ limit: 2 }, () => now);
      await limiter.take("a");
      now = 31_000;
      await limiter.take("a");
      const denied = await limiter.take("a");
      expect(denied).toEqual({
        allowed: false,
        limit: 2,
        remaining: 0,
        resetAt: 61_001,
        retryAfter: 31,
      });
      now = denied.resetAt - 1;
      expect((await limiter.take("a")).allowed).toBe(false);
      now = denied.resetAt;
      expect((await limiter.take("a")).allowed).toBe(true);
    });

    it("charges nothing for a denied request", async () => {
      let now = 0;
      const limiter = await open({ limit: 1, windowMs: 1_000 }, () => now);
      await limiter.take("a");
      for (now = 1; now <= 1_000; now += 1) await limiter.take("a");
      expect((await limiter.take("a")).allowed).toBe(true);
    });
  });
}
