import { setImmediate } from "node:timers/promises";

import { RedisRateLimiter } from "@pr-review/rate-limiter/redis";
import { startRedis } from "@pr-review/redis-rig";
import { Redis } from "ioredis";
import { RateLimiterRedis } from "rate-limiter-flexible";

import { median, type Row } from "./rows.ts";

const keys = Array.from({ length: 10_000 }, (_, i) => `kid${String(i).padStart(7, "0")}`);
const rounds = 7;
const checks = 20_000;
const inFlight = 64;

/** What a contender took for one check, in microseconds: of the clock, and of Redis' processor. */
interface Cost {
  readonly elapsed: number;
  readonly cpu: number;
}

/** Checks that are all admitted, in turns on one Redis, ours reading a companion along; then a flood. */
export async function measureRedis(): Promise<readonly Row[]> {
  const server = await startRedis();
  const redis = new Redis(server.url);
  try {
    return [...(await measureChecks(redis)), ...(await measureFlood(redis))];
  } finally {
    redis.disconnect();
    await server.stop();
  }
}

async function measureChecks(redis: Redis): Promise<readonly Row[]> {
  const limiter = new RedisRateLimiter(redis, { limit: 70 });
  const theirs = new RateLimiterRedis({ storeClient: redis, points: 70, duration: 60 });
  for (const key of keys) await redis.hset(`mcp:{${key}}:tok`, "v", "1");
  const takeOurs = async (key: string) => {
    const companion = { key: `mcp:{${key}}:tok`, field: "v" };
    const verdict = await limiter.take(key, { companion });
    if (!verdict.allowed || verdict.companion !== "1") throw new Error("not admitted");
  };
  const costs: { readonly ours: Cost; readonly theirs: Cost }[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const ours = await costOf(redis, takeOurs);
    const other = await costOf(redis, async (key) => theirs.consume(key));
    if (round > 0) costs.push({ ours, theirs: other });
  }
  const what = "in Redis: a check";
  const ratio = median(costs.map(({ ours, theirs: other }) => ours.elapsed / other.elapsed));
  return [
    { what: `${what}, ours over theirs`, measured: ratio, unit: "x", atMost: 1.1 },
    { what, measured: median(costs.map(({ ours }) => ours.elapsed)), unit: "us" },
    {
      what: `${what}, theirs`,
      measured: median(costs.map((cost) => cost.theirs.elapsed)),
      unit: "us",
    },
    {
      what: `${what}, Redis' own time`,
      measured: median(costs.map(({ ours }) => ours.cpu)),
      unit: "us",
      atMost: 16,
    },
    {
      what: `${what}, Redis' own time, theirs`,
      measured: median(costs.map((cost) => cost.theirs.cpu)),
      unit: "us",
    },
  ];
}

async function costOf(redis: Redis, take: (key: string) => Promise<unknown>): Promise<Cost> {
  const cpu = await cpuMicroseconds(redis);
  const started = performance.now();
  let next = 0;
  const worker = async () => {
    while (next < checks) await take(keys[next++ % keys.length] ?? "");
  };
  await Promise.all(Array.from({ length: inFlight }, worker));
  const elapsed = ((performance.now() - started) * 1_000) / checks;
  return { elapsed, cpu: ((await cpuMicroseconds(redis)) - cpu) / checks };
}

/** One key at full speed for 3 s: Redis is asked only when there may be something to give. */
async function measureFlood(redis: Redis): Promise<readonly Row[]> {
  const limiter = new RedisRateLimiter(redis, { limit: 70, windowMs: 1_000 });
  await limiter.take("warm-up");
  const before = await scriptCalls(redis);
  let [asked, admitted] = [0, 0];
  for (const end = performance.now() + 3_000; performance.now() < end; await setImmediate()) {
    const verdicts = await Promise.all(
      Array.from({ length: inFlight }, () => limiter.take("flood")),
    );
    asked += verdicts.length;
    admitted += verdicts.filter(({ allowed }) => allowed).length;
  }
  const calls = (await scriptCalls(redis)) - before;
  const what = "in Redis: a key at full speed";
  return [
    {
      what: `${what}, calls over admissions + 1`,
      measured: calls / (admitted + 1),
      unit: "x",
      atMost: 1,
    },
    { what: `${what}, requests for each call`, measured: asked / calls, unit: "x" },
  ];
}

async function cpuMicroseconds(redis: Redis): Promise<number> {
  const info = await redis.info("cpu");
  const seconds = (name: string) => Number(new RegExp(`${name}:([\\d.]+)`).exec(info)?.[1]);
  return (seconds("used_cpu_user") + seconds("used_cpu_sys")) * 1e6;
}

async function scriptCalls(redis: Redis): Promise<number> {
  const info = await redis.info("commandstats");
  const found = info.matchAll(/cmdstat_(?:eval|evalsha):calls=(\d+)/g);
  return [...found].reduce((sum, [, calls]) => sum + Number(calls), 0);
}
