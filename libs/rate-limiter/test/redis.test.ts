import fc from "fast-check";
import { expect, it } from "vitest";

import { MemoryRateLimiter, type RateLimiter } from "../src/index.ts";
import { RedisRateLimiter } from "../src/redis.ts";
import { describeRateLimiter } from "./contract.ts";
import { callsOf, connect, freshPrefix, redisForThisFile } from "./redis-clients.ts";

const redis = redisForThisFile();

describeRateLimiter("a rate limiter in Redis", async (limit, now) => {
  return new RedisRateLimiter(connect(redis().url), limit, { prefix: freshPrefix(), now });
});

/** Gaps that matter for a window of 1,000 ms, and for stamps of 16 bits. */
const gap = fc.oneof(fc.nat(40), fc.constantFrom(0, 999, 1_000, 1_001, 64_536, 65_536, 65_537));

/** What limiters are compared on: gaps, a window and a limit. */
const run = (steps: fc.Arbitrary<number>) =>
  fc.record({
    gaps: fc.array(steps, { minLength: 1, maxLength: 100 }),
    windowMs: fc.constantFrom(1_000, 60_000, 90_000),
    limit: fc.integer({ min: 1, max: 9 }),
  });

it("decides as the limiter in memory does, over any schedule", async () => {
  const client = connect(redis().url);
  await fc.assert(
    fc.asyncProperty(run(gap), async ({ gaps, ...limit }) => {
      let now = 1_763_800_000_000;
      const options = { prefix: freshPrefix(), now: () => now };
      const memory = new MemoryRateLimiter(limit, options);
      const shared = new RedisRateLimiter(client, limit, options);
      for (const step of gaps) {
        now += step;
        expect(await shared.take("a")).toEqual(await memory.take("a"));
      }
    }),
    { numRuns: 150 },
  );
});

it("decides as the limiter in memory does when the clock is set back, whoever asks", async () => {
  const client = connect(redis().url);
  const steps = fc.oneof({ weight: 3, arbitrary: gap }, fc.constantFrom(-1, -700, -70_000));
  await fc.assert(
    fc.asyncProperty(run(steps), async ({ gaps, ...limit }) => {
      let now = 1_763_800_000_000;
      const options = { prefix: freshPrefix(), now: () => now };
      const memory = new MemoryRateLimiter(limit, options);
      for (const step of gaps) {
        now += step;
        // A new one each time: what an instance remembers, it goes by its own monotonic clock.
        const shared = new RedisRateLimiter(client, limit, options);
        expect(await shared.take("a")).toEqual(await memory.take("a"));
      }
    }),
    { numRuns: 100 },
  );
});

it("keeps every live admission when the limit changes, and so is never over", async () => {
  const client = connect(redis().url);
  const asks = fc.array(fc.tuple(gap, fc.constantFrom(1, 3, 7, 10)), {
    minLength: 1,
    maxLength: 100,
  });
  await fc.assert(
    fc.asyncProperty(asks, async (schedule) => {
      let now = 1_763_800_000_000;
      const options = { prefix: freshPrefix(), now: () => now };
      const shared = new RedisRateLimiter(client, { limit: 5, windowMs: 1_000 }, options);
      const admitted: number[] = [];
      for (const [step, limit] of schedule) {
        now += step;
        const live = admitted.filter((at) => now - at <= 1_000).length;
        const { allowed, remaining } = await shared.take("a", { limit });
        expect({ allowed, remaining }).toEqual({
          allowed: live < limit,
          remaining: Math.max(0, limit - live - 1),
        });
        if (allowed) admitted.push(now);
      }
    }),
    { numRuns: 100 },
  );
});

/** Admissions among so many requests. */
async function admissions(limiter: RateLimiter, asks: number, limit: number): Promise<number> {
  let count = 0;
  for (let i = 0; i < asks; i += 1) if ((await limiter.take("a", { limit })).allowed) count += 1;
  return count;
}

it("takes a limit from 70 to 10 to 100 without giving a window more than the one of the moment", async () => {
  let now = 1_000_000;
  const options = { prefix: freshPrefix(), now: () => now };
  const limiter = new RedisRateLimiter(connect(redis().url), { limit: 70 }, options);
  expect(await admissions(limiter, 100, 70)).toBe(70);
  now += 1_000;
  expect(await admissions(limiter, 100, 10)).toBe(0);
  expect(await admissions(limiter, 200, 100)).toBe(30);
  now += 59_001;
  expect(await admissions(limiter, 100, 10)).toBe(0);
  expect(await admissions(limiter, 100, 70)).toBe(40);
  now += 60_001;
  expect(await admissions(limiter, 100, 10)).toBe(10);
});

it("holds a limit of 11,000 exactly, wrapped round twice", async () => {
  let now = 1_000_000;
  const options = { prefix: freshPrefix(), now: () => now };
  const limiter = new RedisRateLimiter(connect(redis().url), { limit: 11_000 }, options);
  for (let round = 0; round < 3; round += 1) {
    const verdicts = await Promise.all(Array.from({ length: 11_100 }, () => limiter.take("a")));
    expect(verdicts.filter(({ allowed }) => allowed)).toHaveLength(11_000);
    now += 60_001;
  }
});

it("frees nothing early when the clock is set back, and does not wait for the old time", async () => {
  let now = 5_000_000;
  const client = connect(redis().url);
  const prefix = freshPrefix();
  // A new instance each time, for one that knows the answer would not ask.
  const take = () =>
    new RedisRateLimiter(client, { limit: 2, windowMs: 1_000 }, { prefix, now: () => now }).take(
      "a",
    );
  expect((await take()).allowed).toBe(true);
  now += 400;
  expect((await take()).allowed).toBe(true);
  now -= 3_600_000;
  expect(await take()).toMatchObject({ allowed: false, resetAt: now + 601, retryAfter: 1 });
  now += 600;
  expect((await take()).allowed).toBe(false);
  now += 1;
  expect(await take()).toMatchObject({ allowed: true, remaining: 0, resetAt: now + 400 });
});

it("goes by the clock of Redis unless it is given another", async () => {
  const client = connect(redis().url);
  const limiter = new RedisRateLimiter(client, { limit: 2 }, { prefix: freshPrefix() });
  const [seconds, micros] = await client.time();
  const now = Number(seconds) * 1_000 + Math.floor(Number(micros) / 1_000);
  const { resetAt } = await limiter.take("a");
  expect(resetAt).toBeGreaterThanOrEqual(now + 60_001);
  expect(resetAt).toBeLessThan(now + 90_000);
});

it("reads the companion field in the same call", async () => {
  const client = connect(redis().url);
  const limiter = new RedisRateLimiter(client, { limit: 2 }, { prefix: freshPrefix() });
  await client.hset("{kid}:tok", "version", "7");
  const before = await callsOf(client, "evalsha");
  const companion = { key: "{kid}:tok", field: "version" };
  expect((await limiter.take("kid", { companion })).companion).toBe("7");
  expect(
    (await limiter.take("kid", { companion: { ...companion, field: "absent" } })).companion,
  ).toBe(null);
  expect(await callsOf(client, "evalsha")).toBe(before + 2);
  expect(await limiter.take("other", {})).not.toHaveProperty("companion");
});

it("leaves one key, named for its format, that goes away by itself", async () => {
  const client = connect(redis().url);
  const prefix = freshPrefix();
  const limiter = new RedisRateLimiter(client, { limit: 70 }, { prefix });
  for (let i = 0; i < 70; i += 1) await limiter.take("kid");
  expect(await client.keys(`${prefix}*`)).toEqual([`${prefix}{kid}:rl1:60000`]);
  expect(await client.strlen(`${prefix}{kid}:rl1:60000`)).toBe(8 + 70 * 2);
  const ttl = await client.pttl(`${prefix}{kid}:rl1:60000`);
  expect(ttl).toBeGreaterThan(31_000);
  expect(ttl).toBeLessThanOrEqual(61_001);
});

it("sends the script again to a Redis that has forgotten it", async () => {
  const client = connect(redis().url);
  const limiter = new RedisRateLimiter(client, { limit: 2 }, { prefix: freshPrefix() });
  expect((await limiter.take("a")).remaining).toBe(1);
  await client.script("FLUSH");
  expect((await limiter.take("a")).remaining).toBe(0);
  expect((await limiter.take("b")).remaining).toBe(1);
});

it("calls Redis once for each admission at the most, however many are waiting", async () => {
  const client = connect(redis().url);
  let now = 1_000_000;
  const options = { prefix: freshPrefix(), now: () => now };
  const limiter = new RedisRateLimiter(client, { limit: 10, windowMs: 1_000 }, options);
  await limiter.take("warm-up");
  const before = await callsOf(client, "evalsha");
  let admitted = 0;
  for (let step = 0; step < 40; step += 1) {
    const flood = await Promise.all(Array.from({ length: 50 }, () => limiter.take("flood")));
    admitted += flood.filter(({ allowed }) => allowed).length;
    now += 100;
  }
  expect(admitted).toBe(40);
  expect((await callsOf(client, "evalsha")) - before).toBeLessThanOrEqual(40);
});

it("sends what is asked at one time as one command, and answers each its own", async () => {
  const client = connect(redis().url);
  const prefix = freshPrefix();
  const limiter = new RedisRateLimiter(client, { limit: 3 }, { prefix });
  await limiter.take("warm-up");
  await client.hset(`${prefix}{b}:tok`, "v", "7");
  const before = await callsOf(client, "evalsha");
  const verdicts = await Promise.all([
    limiter.take("a"),
    limiter.take("b", { companion: { key: `${prefix}{b}:tok`, field: "v" } }),
    limiter.take("a", { limit: 5 }),
    limiter.take("c", { companion: { key: `${prefix}{c}:tok`, field: "v" } }),
    limiter.take("a"),
  ]);
  expect(verdicts.map(({ remaining, companion }) => [remaining, companion])).toEqual([
    [2, undefined],
    [2, "7"],
    [3, undefined],
    [2, null],
    [0, undefined],
  ]);
  // The first does not wait for company.
  expect((await callsOf(client, "evalsha")) - before).toBe(2);
});

it("takes a companion that is no hash for one without the field", async () => {
  const client = connect(redis().url);
  const prefix = freshPrefix();
  const limiter = new RedisRateLimiter(client, { limit: 3 }, { prefix });
  await client.set(`${prefix}{a}:tok`, "no hash");
  const companion = { key: `${prefix}{a}:tok`, field: "v" };
  expect(await limiter.take("a", { companion })).toMatchObject({ allowed: true, companion: null });
});

it("rejects all that were asked together when the command fails, and none that come after", async () => {
  const client = connect(redis().url);
  const prefix = freshPrefix();
  const limiter = new RedisRateLimiter(client, { limit: 3 }, { prefix });
  await client.hset(`${prefix}{broken}:rl1:60000`, "not", "a log");
  const asked = ["first", "broken", "well"].map((key) => limiter.take(key));
  const together = await Promise.allSettled(asked);
  expect(together.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "rejected"]);
  expect((await limiter.take("well")).allowed).toBe(true);
});

it("asks at most once more for each admission that another instance took", async () => {
  const client = connect(redis().url);
  let now = 1_000_000;
  const options = { prefix: freshPrefix(), now: () => now };
  const limit = { limit: 10, windowMs: 1_000 };
  const instances = [1, 2, 3].map(() => new RedisRateLimiter(client, limit, options));
  await instances[0]?.take("warm-up");
  const before = await callsOf(client, "evalsha");
  let admitted = 0;
  for (let step = 0; step < 40; step += 1) {
    const asks = instances.flatMap((one) => Array.from({ length: 20 }, () => one.take("flood")));
    admitted += (await Promise.all(asks)).filter(({ allowed }) => allowed).length;
    now += 50;
  }
  expect(admitted).toBe(20);
  expect(await callsOf(client, "evalsha")).toBeLessThanOrEqual(before + 3 * 20);
});

it("passes the failure of a call on to all who waited for it", async () => {
  const client = connect(redis().url);
  const prefix = freshPrefix();
  const limiter = new RedisRateLimiter(client, { limit: 1, windowMs: 1_000 }, { prefix });
  await client.lpush(`${prefix}{a}:rl1:1000`, "not a log");
  const asks = await Promise.allSettled([1, 2, 3].map(() => limiter.take("a")));
  expect(asks.map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
  await client.del(`${prefix}{a}:rl1:1000`);
  expect((await limiter.take("a")).allowed).toBe(true);
});

it("refuses limits and windows that it cannot hold", async () => {
  const client = connect(redis().url);
  const open = (limit: number, windowMs?: number) =>
    new RedisRateLimiter(client, windowMs === undefined ? { limit } : { limit, windowMs });
  for (const limit of [0, -1, 1.5, 65_536, Number.NaN]) {
    expect(() => open(limit)).toThrow(expect.objectContaining({ code: "invalid-limit" }));
    await expect(open(1).take("a", { limit })).rejects.toMatchObject({ code: "invalid-limit" });
  }
  expect(() => open(1, 0)).toThrow(expect.objectContaining({ code: "invalid-limit" }));
});
