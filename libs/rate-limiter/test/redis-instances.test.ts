import { expect, it } from "vitest";

import { RedisInstances } from "../src/redis.ts";
import { connect, freshPrefix, redisForThisFile } from "./redis-clients.ts";

const redis = redisForThisFile();

it("is one before anybody has beaten, and then as many as have", async () => {
  const client = connect(redis().url);
  const prefix = freshPrefix();
  const instances = [1, 2, 3].map(() => new RedisInstances(client, { prefix }));
  expect(instances.map(({ count }) => count)).toEqual([1, 1, 1]);
  for (const instance of instances) expect(await instance.beat()).toBe(true);
  expect(instances.map(({ count }) => count)).toEqual([1, 2, 3]);
  for (const instance of instances) await instance.beat();
  expect(instances.map(({ count }) => count)).toEqual([3, 3, 3]);
});

it("forgets an instance that leaves at once, and one that falls silent in time", async () => {
  const client = connect(redis().url);
  const prefix = freshPrefix();
  const options = { prefix, ttlMs: 300 };
  const [first, second] = [
    new RedisInstances(client, options),
    new RedisInstances(client, options),
  ];
  await first.beat();
  await second.beat();
  expect(second.count).toBe(2);
  await first.leave();
  await second.beat();
  expect(second.count).toBe(1);
  await first.beat();
  await expect
    .poll(async () => {
      await second.beat();
      return second.count;
    })
    .toBe(1);
});

it("keeps the last count when Redis does not answer", async () => {
  const client = connect(redis().url);
  const prefix = freshPrefix();
  const instances = new RedisInstances(client, { prefix });
  await new RedisInstances(client, { prefix }).beat();
  await instances.beat();
  client.disconnect();
  expect(await instances.beat()).toBe(false);
  expect(instances.count).toBe(2);
});
