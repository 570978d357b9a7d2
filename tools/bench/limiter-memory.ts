import { MemoryGcraLimiter, MemoryRateLimiter } from "@pr-review/rate-limiter";
import { RateLimiterMemory } from "rate-limiter-flexible";

import type { Row } from "./rows.ts";

const keys = Array.from({ length: 10_000 }, (_, i) => `kid${String(i).padStart(7, "0")}`);
const limit = 50;
const checksPerKey = 100;
const rounds = 7;

type Contender = "ours" | "clock" | "awaited" | "gcra" | "theirs";

/** Nanoseconds a check, half of them denied; contenders take turns, and each counts by its best turn. */
export async function measureMemory(): Promise<readonly Row[]> {
  const best: Record<Contender, number> = {
    ours: 1e9,
    clock: 1e9,
    awaited: 1e9,
    gcra: 1e9,
    theirs: 1e9,
  };
  for (let round = 0; round < rounds; round += 1) {
    const log = new MemoryRateLimiter({ limit });
    const gcra = new MemoryGcraLimiter({ rate: limit - 10, burst: 10 });
    best.ours = Math.min(
      best.ours,
      perCheck((key) => log.check(key).allowed),
    );
    best.clock = Math.min(
      best.clock,
      perCheck(() => Date.now() % 2 === 0),
    );
    best.gcra = Math.min(
      best.gcra,
      perCheck((key) => gcra.check(key).allowed),
    );
    best.awaited = Math.min(best.awaited, await perAwaited(ourTake()));
    best.theirs = Math.min(best.theirs, await perAwaited(theirTake()));
  }
  const what = "in memory: a check of 10,000 keys";
  return [
    { what, measured: best.ours, unit: "ns", atMost: 150 },
    { what: `${what}: reading the clock alone`, measured: best.clock, unit: "ns" },
    { what: `${what}, awaited`, measured: best.awaited, unit: "ns" },
    { what: `${what}, by GCRA`, measured: best.gcra, unit: "ns" },
    { what: `${what}, theirs (awaited)`, measured: best.theirs, unit: "ns" },
    { what: "in memory: ours over theirs", measured: best.ours / best.theirs, unit: "x" },
  ];
}

function ourTake(): (key: string) => Promise<boolean> {
  const limiter = new MemoryRateLimiter({ limit });
  return async (key) => (await limiter.take(key)).allowed;
}

function theirTake(): (key: string) => Promise<boolean> {
  const limiter = new RateLimiterMemory({ points: limit, duration: 60 });
  return async (key) => {
    try {
      await limiter.consume(key);
      return true;
    } catch {
      return false;
    }
  };
}

function perCheck(check: (key: string) => boolean): number {
  let admitted = 0;
  const started = process.cpuUsage();
  for (let i = 0; i < checksPerKey; i += 1) {
    for (const key of keys) if (check(key)) admitted += 1;
  }
  return nanoseconds(started, admitted);
}

async function perAwaited(take: (key: string) => Promise<boolean>): Promise<number> {
  let admitted = 0;
  const started = process.cpuUsage();
  for (let i = 0; i < checksPerKey; i += 1) {
    for (const key of keys) if (await take(key)) admitted += 1;
  }
  return nanoseconds(started, admitted);
}

/** Of the processor's time, which other programs disturb less than the clock's. */
function nanoseconds(started: NodeJS.CpuUsage, admitted: number): number {
  if (admitted === 0) throw new Error("nothing was admitted");
  const { user, system } = process.cpuUsage(started);
  return ((user + system) * 1_000) / (checksPerKey * keys.length);
}
