import { Redis } from "ioredis";

import { AuditLog } from "../src/index.ts";
import { RedisAuditStorage } from "../src/redis.ts";

/** One of so many processes that write one log: adds its records, ten at a time, and prints their seqs. */
const [port = 0, processes = 0, count = 0] = process.argv.slice(2).map(Number);
const redis = new Redis(port);
const key = { id: "k1", key: Buffer.alloc(32, "one") };
const log = new AuditLog(new RedisAuditStorage(redis), [key]);
const seqs: number[] = [];

async function work(): Promise<void> {
  for (let i = 0; i < count / 10; i += 1) {
    const event = { actor: String(process.pid), action: "token.create", outcome: "ok" };
    seqs.push((await log.append(event)).seq);
  }
}

// All begin when the last of them is up.
await redis.incr("up");
while (Number(await redis.get("up")) < processes);
await Promise.all(Array.from({ length: 10 }, work));
redis.disconnect();
process.stdout.write(JSON.stringify(seqs));
