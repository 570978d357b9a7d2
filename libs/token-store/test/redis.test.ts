import { startRedis } from "@pr-review/redis-rig";
import { Redis } from "ioredis";
import { afterAll } from "vitest";

import { RedisRecordStorage } from "../src/redis.ts";
import { describeTokenStore } from "./contract.ts";

const server = await startRedis();
const redis = new Redis(server.url);
let opened = 0;

afterAll(async () => {
  redis.disconnect();
  await server.stop();
});

describeTokenStore("a token store in Redis", async () => {
  opened += 1;
  return new RedisRecordStorage(redis, { prefix: `test${opened}:` });
});
