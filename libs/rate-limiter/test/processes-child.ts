import { setTimeout as pause, setImmediate as turn } from "node:timers/promises";

import { Redis } from "ioredis";

import { RedisRateLimiter } from "../src/redis.ts";
import { type Admission, watchAdmissions } from "./redis-admissions.ts";

/** One of so many processes: floods a Redis from twenty workers, then prints what was admitted. */
const [port = 0, processes = 0, limit = 0, windowMs = 0, forMs = 0] = process.argv
  .slice(2)
  .map(Number);
const client = new Redis(port);
const limiter = new RedisRateLimiter(client, { limit, windowMs });
const granted: Admission[] = [];
watchAdmissions(client, (admission) => granted.push(admission));

let asked = 0;
let admitted = 0;

async function work(worker: number, until: number): Promise<void> {
  while (performance.now() < until) {
    asked += 1;
    if ((await limiter.take(`key-${worker % 3}`)).allowed) admitted += 1;
    // Most denials come without a call, and the replies of Redis must get their turn.
    await turn();
  }
}

// All begin when the last of them is up.
await client.incr(`up:${windowMs}`);
while (Number(await client.get(`up:${windowMs}`)) < processes) await pause(5);
const until = performance.now() + forMs;
await Promise.all(Array.from({ length: 20 }, (_, worker) => work(worker, until)));
client.disconnect();
process.stdout.write(JSON.stringify({ asked, admitted, granted }));
