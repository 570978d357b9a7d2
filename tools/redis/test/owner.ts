/** A process that starts a Redis, prints its process id and port, and never stops it. */
import { startRedis } from "../src/index.ts";

const redis = await startRedis();
console.log(JSON.stringify([redis.pid, redis.port]));
if (process.argv[2] !== "exit") setInterval(() => undefined, 1_000);
