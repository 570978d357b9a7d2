import { setImmediate as turn } from "node:timers/promises";

import { Redis } from "ioredis";

import { UsageLog } from "../src/index.ts";
import { RedisUsageStorage } from "../src/redis.ts";

// One of several processes that count calls of the same keys, and store them while they go on.
const [port = 0, calls = 0] = process.argv.slice(2).map(Number);
const redis = new Redis(port);
const log = new UsageLog(new RedisUsageStorage(redis), { flushMs: 2 });

for (let i = 0; i < calls; i += 1) {
  log.note({ keyId: `key-${i % 7}`, tool: "fetch", outcome: "denied", points: i % 3 });
  if (i % 50 === 0) await turn();
}
await log.close();
redis.disconnect();
