import fc from "fast-check";
import { expect, it } from "vitest";

import { MemoryGcraLimiter } from "../src/index.ts";
import { RedisGcraLimiter } from "../src/redis.ts";
import { callsOf, connect, freshPrefix, redisForThisFile } from "./redis-clients.ts";

const redis = redisForThisFile();
const rate = { rate: 60, burst: 10 };

it("decides as the limiter in memory does, over any schedule and change of limit", async () => {
  const client = connect(redis().url);
  const gap = fc.oneof(fc.nat(40), fc.constantFrom(0, 99, 100, 101, 1_000, 60_000));
  const asks = fc.array(fc.tuple(gap, fc.constantFrom(undefined, 1, 7, 12)), { maxLength: 100 });
  const paces = fc.record({ rate: fc.integer({ min: 2, max: 10 }), burst: fc.constantFrom(1, 2) });
  await fc.assert(
    fc.asyncProperty(asks, paces, async (schedule, pace) => {
      let now = 1_763_800_000_000;
      const options = { prefix: freshPrefix(), now: () => now };
      const memory = new MemoryGcraLimiter({ ...pace, windowMs: 1_000 }, options);
      const shared = new RedisGcraLimiter(client, { ...pace, windowMs: 1_000 }, options);
      for (const [wait, limit] of schedule) {
        now += wait;
        const ask = limit === undefined ? {} : { limit };
        const expected = memory.check("a", ask);
        const verdict = await shared.take("a", ask);
        // A denial that is remembered knows nothing of what other limits have admitted since.
        const { allowed, remaining } = expected;
        expect(verdict).toMatchObject(allowed ? expected : { allowed, remaining });
      }
    }),
    { numRuns: 100 },
  );
});

it("admits a burst, then one a second, and never more than both together in a minute", async () => {
  let now = 1_763_800_000_000;
  const options = { prefix: freshPrefix(), now: () => now };
  const limiter = new RedisGcraLimiter(connect(redis().url), rate, options);
  const counts: number[] = [];
  for (let second = 0; second < 60; second += 1) {
    const verdicts = await Promise.all(Array.from({ length: 20 }, () => limiter.take("a")));
    counts.push(verdicts.filter(({ allowed }) => allowed).length);
    now += 1_000;
  }
  expect(counts).toEqual([10, ...Array.from({ length: 59 }, () => 1)]);
});

it("costs Redis a question for each admission at the most, once it is known how many are left", async () => {
  let now = 1_763_800_000_000;
  const client = connect(redis().url);
  const options = { prefix: freshPrefix(), now: () => now };
  const limiter = new RedisGcraLimiter(client, rate, options);
  await limiter.take("a");
  const before = await callsOf(client, "evalsha");
  for (let step = 0; step < 100; step += 1) {
    await Promise.all(Array.from({ length: 20 }, () => limiter.take("a")));
    now += 100;
  }
  expect((await callsOf(client, "evalsha")) - before).toBeLessThanOrEqual(18);
});

it("does not wait for the old time when the clock is set back", async () => {
  let now = 1_763_800_000_000;
  const client = connect(redis().url);
  const prefix = freshPrefix();
  const take = () => new RedisGcraLimiter(client, rate, { prefix, now: () => now }).take("a");
  await take();
  now -= 86_400_000;
  expect(await take()).toMatchObject({ allowed: false, resetAt: now + 61_000 });
  now += 61_000;
  expect((await take()).allowed).toBe(true);
});

it("goes by the clock of Redis, reads the companion, and leaves one key that goes away", async () => {
  const client = connect(redis().url);
  const prefix = freshPrefix();
  const limiter = new RedisGcraLimiter(client, rate, { prefix });
  await client.hset("{kid}:tok", "version", "7");
  const companion = { key: "{kid}:tok", field: "version" };
  expect(await limiter.take("kid", { companion })).toMatchObject({
    allowed: true,
    limit: 70,
    remaining: 9,
    companion: "7",
  });
  expect(await client.keys(`${prefix}*`)).toEqual([`${prefix}{kid}:gcra1:60000`]);
  expect(await client.pttl(`${prefix}{kid}:gcra1:60000`)).toBeLessThanOrEqual(2_000);
});
