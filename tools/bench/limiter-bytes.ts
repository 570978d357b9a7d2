import { setImmediate } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

import { MemoryRateLimiter } from "@pr-review/rate-limiter";
import { RateLimiterMemory } from "rate-limiter-flexible";

import type { Row } from "./rows.ts";

const keys = Array.from({ length: 10_000 }, (_, i) => `kid${String(i).padStart(7, "0")}`);
const limit = 70;

/** Bytes for each of 10,000 keys that have used their whole limit, without the keys themselves. */
export async function measureBytes(): Promise<readonly Row[]> {
  const what = "in memory: a key with its limit used up";
  const theirs = await bytesPerKey(async () => {
    const limiter = new RateLimiterMemory({ points: limit, duration: 60 });
    for (let i = 0; i < limit; i += 1) for (const key of keys) await limiter.consume(key);
    return limiter;
  });
  const ours = await bytesPerKey(async () => {
    const limiter = new MemoryRateLimiter({ limit });
    for (let i = 0; i < limit; i += 1) for (const key of keys) limiter.check(key);
    return limiter;
  });
  return [
    { what, measured: ours, unit: "bytes", atMost: 200 },
    { what: `${what}, theirs`, measured: theirs, unit: "bytes" },
  ];
}

/** The first filling is dropped: it also pays for what is compiled and cached. */
async function bytesPerKey(fill: () => Promise<object>): Promise<number> {
  const kept = new Set<object>();
  kept.add(await fill()).clear();
  const before = await bytesInUse();
  kept.add(await fill());
  return ((await bytesInUse()) - before) / keys.length;
}

async function bytesInUse(): Promise<number> {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  // Twice: the memory of arrays is given back a while after they are collected.
  for (let times = 0; times < 2; times += 1) {
    await setImmediate();
    collect();
  }
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
