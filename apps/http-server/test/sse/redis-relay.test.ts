import { type RedisProcess, startRedis } from "@pr-review/redis-rig";
import { Redis } from "ioredis";
import { afterEach, beforeEach, expect, it, onTestFinished } from "vitest";

import { RedisSseRelay } from "../../src/sse/redis-relay.ts";

let server: RedisProcess;

beforeEach(async () => {
  server = await startRedis();
});

afterEach(() => server.stop());

async function connect(): Promise<Redis> {
  const redis = new Redis(server.url, {
    lazyConnect: true,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    commandTimeout: 300,
    retryStrategy: () => 20,
  });
  redis.on("error", () => undefined);
  onTestFinished(() => redis.disconnect());
  await redis.connect();
  return redis;
}

async function relay(ttlMs = 60_000) {
  const [redis, subscriber] = [await connect(), await connect()];
  return { redis, relay: new RedisSseRelay({ redis, subscriber, prefix: "t:", ttlMs }) };
}

it("carries a message to the stream of that session and key, and to no other", async () => {
  const [home, away] = [await relay(), await relay()];
  const got: string[] = [];
  await home.relay.open("s1", "k1", (body) => got.push(`s1 ${body}`));
  await home.relay.open("s2", "k2", (body) => got.push(`s2 ${body}`));
  expect(await away.relay.publish("s1", "k1", '{"a":"é"}')).toBe(true);
  expect(await away.relay.publish("s1", "k2", "foreign")).toBe(false);
  expect(await away.relay.publish("s3", "k1", "unknown")).toBe(false);
  await expect.poll(() => got).toEqual(['s1 {"a":"é"}']);
});

it("leaves nothing in Redis when a line is closed", async () => {
  const { redis, relay: home } = await relay();
  const line = await home.open("s1", "k1", () => undefined);
  expect(await redis.keys("*")).toEqual(["t:sse-owner:s1"]);
  expect(await redis.pubsub("CHANNELS", "t:*")).toEqual(["t:sse:s1"]);
  await line.close();
  expect(await redis.keys("*")).toEqual([]);
  expect(await redis.pubsub("CHANNELS", "t:*")).toEqual([]);
  expect(await home.publish("s1", "k1", "late")).toBe(false);
});

it("forgets a stream that nobody keeps open, and no other", async () => {
  const { redis, relay: home } = await relay(200);
  const kept = await home.open("kept", "k1", () => undefined);
  await home.open("lost", "k1", () => undefined);
  const keeping = setInterval(() => void kept.keepOpen().catch(() => undefined), 30);
  onTestFinished(() => clearInterval(keeping));
  await expect.poll(() => redis.keys("*")).toEqual(["t:sse-owner:kept"]);
});

it("says no when the instance with the stream has died", async () => {
  const [home, away] = [await relay(), await relay()];
  const subscriber = await connect();
  const dying = new RedisSseRelay({ redis: home.redis, subscriber, prefix: "t:" });
  await dying.open("s1", "k1", () => undefined);
  subscriber.disconnect();
  await expect.poll(() => away.relay.publish("s1", "k1", "x")).toBe(false);
});

it("throws relay-unavailable while Redis is gone, and finds the streams again when it is back", async () => {
  const [home, away] = [await relay(), await relay()];
  const got: string[] = [];
  await home.relay.open("s1", "k1", (body) => got.push(body));
  await server.kill();
  const gone = { code: "relay-unavailable", retryAfter: 5 };
  await expect(away.relay.publish("s1", "k1", "x")).rejects.toMatchObject(gone);
  await expect(home.relay.open("s2", "k1", () => undefined)).rejects.toMatchObject(gone);
  await server.restart();
  const sent = () => away.relay.publish("s1", "k1", "back").catch(() => false);
  await expect.poll(sent, { timeout: 5_000 }).toBe(true);
  await expect.poll(() => got).toEqual(["back"]);
});

it("drops what is no message of ours", async () => {
  const { redis, relay: home } = await relay();
  const got: string[] = [];
  await home.open("s1", "k1", (body) => got.push(body));
  for (const text of ["", "{", "null", '{"body":"x"}', '{"keyId":"k2","body":"foreign"}']) {
    expect(await redis.publish("t:sse:s1", text)).toBe(1);
  }
  await home.publish("s1", "k1", "ours");
  await expect.poll(() => got).toEqual(["ours"]);
});

it("listens no more once it is closed", async () => {
  const { redis, relay: home } = await relay();
  await home.open("s1", "k1", () => undefined);
  await home.close();
  expect(redis.listenerCount("ready")).toBe(0);
  expect(redis.status).toBe("ready");
});
