import { once } from "node:events";
import { connect } from "node:tls";

import { expect, onTestFinished, test } from "vitest";

import { type SecureRedis, startSecureRedis } from "../src/index.ts";
import { ping } from "../src/ping.ts";

async function start(): Promise<SecureRedis> {
  const redis = await startSecureRedis();
  onTestFinished(() => redis.stop());
  return redis;
}

test("speaks TLS to those who trust its authority, over a restart too", async () => {
  const redis = await start();
  expect(redis.url).toBe(`rediss://127.0.0.1:${redis.port}`);
  expect(await ping(redis.port, redis)).toEqual({ pid: redis.pid });
  await redis.restart();
  expect(await ping(redis.port, redis)).toEqual({ pid: redis.pid });
});

test("has a certificate for localhost too", async () => {
  const { port, ca } = await start();
  const socket = connect({ host: "localhost", port, ca });
  await once(socket, "secureConnect");
  expect(socket.authorized).toBe(true);
  socket.destroy();
});

test("cannot be reached by those who trust another authority, nor without TLS", async () => {
  const [redis, other] = await Promise.all([start(), start()]);
  expect(await ping(redis.port, other)).toBeUndefined();
  expect(await ping(redis.port)).toBeUndefined();
});
