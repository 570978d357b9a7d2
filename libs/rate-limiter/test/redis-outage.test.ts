import { setTimeout as pause } from "node:timers/promises";

import { startRedis } from "@pr-review/redis-rig";
import type { Redis } from "ioredis";
import { expect, it, onTestFinished } from "vitest";

import { GuardedRateLimiter, type Verdict } from "../src/index.ts";
import { RedisRateLimiter } from "../src/redis.ts";
import { type Admission, mostInAnyWindow, watchAdmissions } from "./redis-admissions.ts";
import { connect } from "./redis-clients.ts";

const limit = 40;
const windowMs = 2_000;
const instanceCount = 4;
const workersEach = 5;
const keys = ["flood", "flood", "flood", "a", "b", "c", "d"];

/** Fails at once while Redis is away, and is back soon after it is. */
const options = {
  enableOfflineQueue: false,
  maxRetriesPerRequest: 0,
  commandTimeout: 100,
  connectTimeout: 2_000,
  retryStrategy: () => 100,
};

/** One of the instances that share a Redis, under load from workers of its own. */
class Instance {
  readonly limiter: GuardedRateLimiter;
  /** What Redis granted, and what was admitted without it. */
  readonly shared: Admission[] = [];
  readonly local: Admission[] = [];
  readonly probes: number[] = [];
  readonly failed: unknown[] = [];
  /** Requests that had to wait for a store that did not answer. */
  slow = 0;
  decisions = 0;
  #isStopped = false;
  #elapsed = 0;
  readonly #decidedAt = new WeakMap<Verdict, number>();

  constructor(client: Redis) {
    watchAdmissions(client, (admission) => this.shared.push(admission));
    const remote = new RedisRateLimiter(client, { limit, windowMs });
    this.limiter = new GuardedRateLimiter(
      remote,
      { limit, windowMs },
      {
        instances: () => instanceCount,
        elapsed: () => (this.#elapsed = performance.now()),
        onDecision: ({ cause, verdict }) => {
          this.decisions += 1;
          if (cause === "deadline" || cause === "failure") this.slow += 1;
          if (verdict !== undefined) this.#decidedAt.set(verdict, Date.now());
        },
        onChange: ({ to }) => {
          if (to === "half-open") this.probes.push(this.#elapsed);
        },
      },
    );
  }

  async work(): Promise<void> {
    while (!this.#isStopped) {
      const key = keys[this.decisions % keys.length] ?? "";
      try {
        const verdict = await this.limiter.take(key);
        const at = this.#decidedAt.get(verdict) ?? 0;
        if (verdict.allowed && verdict.isDegraded) this.local.push({ key, at });
      } catch (error) {
        this.failed.push(error);
      }
      await pause(2);
    }
  }

  stop(): void {
    this.#isStopped = true;
  }
}

/** Loads four instances on one Redis while `outage` happens, until they are all back on it. */
async function outlive(outage: (redis: Awaited<ReturnType<typeof startRedis>>) => Promise<void>) {
  const redis = await startRedis();
  onTestFinished(async () => redis.stop());
  const instances = await Promise.all(
    Array.from({ length: instanceCount }, async () => {
      const client = connect(redis.url, options);
      client.on("error", () => undefined);
      await expect.poll(() => client.status).toBe("ready");
      return new Instance(client);
    }),
  );
  const work = instances.flatMap((instance) =>
    Array.from({ length: workersEach }, () => instance.work()),
  );
  await pause(1_000);
  await outage(redis);
  await expect
    .poll(() => instances.map(({ limiter }) => limiter.state))
    .toEqual(instances.map(() => "closed"));
  const grantedBefore = instances.map(({ shared }) => shared.length);
  await pause(windowMs);
  for (const instance of instances) instance.stop();
  await Promise.all(work);
  return { instances, grantedBefore };
}

function expectToHaveHeldOut({ instances, grantedBefore }: Awaited<ReturnType<typeof outlive>>) {
  for (const { probes, failed, slow, limiter } of instances) {
    expect(failed).toEqual([]);
    expect(limiter.state).toBe("closed");
    // Those on their way when the store fell silent, and one for each probe.
    expect(slow).toBeLessThanOrEqual(workersEach + 2 + probes.length);
    const waits = probes.slice(1).map((at, i) => at - (probes[i] ?? 0));
    expect(waits.filter((wait) => wait < 500)).toEqual([]);
  }
  const granted = instances.map(({ shared }) => shared.length);
  expect(granted.some((count, i) => count > (grantedBefore[i] ?? 0))).toBe(true);
  const shared = instances.flatMap((instance) => instance.shared);
  const local = instances.flatMap((instance) => instance.local);
  expect(local.length).toBeGreaterThan(0);
  // A local decision is noted a moment after the clock was read for it.
  expect(mostInAnyWindow(local, windowMs - 5)).toBeLessThanOrEqual(limit);
  expect(mostInAnyWindow([...shared, ...local], windowMs - 5)).toBeLessThanOrEqual(2 * limit);
  return { shared, local };
}

it("outlives a Redis that is killed and comes back empty", async () => {
  const end = await outlive(async (redis) => {
    await redis.kill();
    await pause(3_000);
    await redis.restart();
  });
  expectToHaveHeldOut(end);
});

it("outlives a Redis that hangs for five seconds", async () => {
  const end = await outlive(async (redis) => {
    await redis.pause();
    await pause(5_000);
    await redis.resume();
  });
  const { shared } = expectToHaveHeldOut(end);
  // This one kept its data, so by its own clock it never granted more than the limit.
  expect(mostInAnyWindow(shared, windowMs)).toBeLessThanOrEqual(limit);
});
