import { randomBytes } from "node:crypto";

import { startRedis } from "@pr-review/redis-rig";
import { Keyring, Seal, TokenStore } from "@pr-review/token-store";
import { RedisRecordStorage } from "@pr-review/token-store/redis";
import { Redis } from "ioredis";
import { expect, it, onTestFinished } from "vitest";

import type { LifecycleEvent } from "../../src/event.ts";
import type { LifecycleFailure } from "../../src/failure.ts";
import { KeyLifecycle, type KeyLifecycleOptions } from "../../src/key-lifecycle.ts";
import { localLease } from "../../src/lease.ts";
import { RedisLease } from "../../src/redis/redis-lease.ts";
import { RedisMarks } from "../../src/redis/redis-marks.ts";
import { dayMs, RecordingChannel, startClock } from "../rig.ts";

const prefix = "t:";
const grant = { githubToken: "ghp_canary", githubHost: "github.com" };

async function startFleet(options: KeyLifecycleOptions = {}) {
  const server = await startRedis();
  onTestFinished(() => server.stop());
  const clock = startClock();
  const seal = new Seal(Keyring.of(randomBytes(32)));
  const events: LifecycleEvent[] = [];
  const connect = async () => {
    const redis = new Redis(server.url, {
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      lazyConnect: true,
      commandTimeout: 1_000,
      retryStrategy: () => 20,
    });
    redis.on("error", () => undefined);
    onTestFinished(() => redis.disconnect());
    await redis.connect();
    return redis;
  };
  const instance = async ({ hasLease }: { readonly hasLease: boolean }) => {
    const redis = await connect();
    const tokens = new TokenStore(new RedisRecordStorage(redis, { prefix }), seal, clock);
    const mail = new RecordingChannel();
    const failures: LifecycleFailure[] = [];
    const marks = new RedisMarks(redis, { prefix, now: clock.now });
    const lease = hasLease ? new RedisLease(redis, { prefix }) : localLease;
    const lifecycle = new KeyLifecycle(
      { tokens, channels: [mail], marks, lease },
      {
        now: clock.now,
        onEvent: async (event) => events.push(event),
        onFailure: (failure) => failures.push(failure),
        ...options,
      },
    );
    return { redis, tokens, mail, lifecycle, failures };
  };
  return { server, clock, events, instance };
}

it("warns once by all instances together, whoever has the turn", async () => {
  const fleet = await startFleet();
  const { clock, events } = fleet;
  const one = await fleet.instance({ hasLease: true });
  const other = await fleet.instance({ hasLease: true });
  const githubTokenExpiresAt = clock.time + 2 * dayMs;
  await Promise.all(
    Array.from({ length: 20 }, () => one.tokens.issue({ ...grant, githubTokenExpiresAt })),
  );
  await Promise.all([one.lifecycle.run(), other.lifecycle.run()]);
  expect([one.mail.told.length, other.mail.told.length].toSorted((a, b) => a - b)).toEqual([0, 20]);
  // The turn is over, and it is the day before.
  clock.time += 1.5 * dayMs;
  await one.redis.del(`${prefix}lifecycle:lease`);
  await other.lifecycle.run();
  await one.redis.del(`${prefix}lifecycle:lease`);
  await one.lifecycle.run();
  const told = [...one.mail.told, ...other.mail.told];
  expect([told.length, new Set(told).size, events.length]).toEqual([40, 40, 40]);
});

it("warns and disables once even when the instances act at the same time", async () => {
  const fleet = await startFleet({ idleDays: 30 });
  const { clock, events } = fleet;
  const first = await fleet.instance({ hasLease: false });
  const others = Array.from({ length: 3 }, () => fleet.instance({ hasLease: false }));
  const instances = [first, ...(await Promise.all(others))];
  await Promise.all(Array.from({ length: 10 }, () => first.tokens.issue(grant)));
  clock.time += 31 * dayMs;
  const githubTokenExpiresAt = clock.time + dayMs;
  await Promise.all(
    Array.from({ length: 10 }, () => first.tokens.issue({ ...grant, githubTokenExpiresAt })),
  );
  await Promise.all(instances.map(({ lifecycle }) => lifecycle.run()));
  await Promise.all(instances.map(({ lifecycle }) => lifecycle.run()));
  const told = instances.flatMap(({ mail }) => mail.told);
  expect([told.length, new Set(told).size, events.length]).toEqual([20, 20, 20]);
});

it("leaves what an instance claimed and never told to the others, once the claim is over", async () => {
  const fleet = await startFleet();
  const { clock } = fleet;
  const one = await fleet.instance({ hasLease: false });
  await one.tokens.issue({ ...grant, githubTokenExpiresAt: clock.time + dayMs });
  const [record] = await one.tokens.list();
  const id = `mail:github-token:${record?.id}:1-day:${record?.githubTokenExpiresAt}`;
  await new RedisMarks(one.redis, { prefix }).claim([id]);
  await one.lifecycle.run();
  expect(one.mail.told).toEqual([]);
  // Ten minutes later, by the clock of Redis.
  await one.redis.pexpire(`${prefix}lifecycle:mark:${id}`, 1);
  await expect.poll(() => one.redis.exists(`${prefix}lifecycle:mark:${id}`)).toBe(0);
  await one.lifecycle.run();
  await one.lifecycle.run();
  expect(one.mail.told).toEqual([`${record?.id} github-token 1-day`]);
});

it("tells that Redis is out of reach, and goes on when it is back", async () => {
  const fleet = await startFleet();
  const one = await fleet.instance({ hasLease: true });
  const githubTokenExpiresAt = fleet.clock.time + dayMs;
  await one.tokens.issue({ ...grant, githubTokenExpiresAt });
  await one.redis.save();
  await fleet.server.kill();
  await one.lifecycle.run();
  expect(one.failures).toEqual([{ code: "look-failed", reason: "store-unavailable" }]);
  await fleet.server.restart();
  await expect.poll(() => one.redis.status).toBe("ready");
  await one.lifecycle.run();
  expect(one.mail.told).toHaveLength(1);
});
