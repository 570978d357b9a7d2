import { measureBytes } from "./limiter-bytes.ts";
import { measureMemory } from "./limiter-memory.ts";
import { measureRedis } from "./limiter-redis.ts";
import type { Row } from "./rows.ts";

/** What a check of the rate limiter costs, in memory and in Redis, beside a popular one that is not exact. */
export async function limiterBench(): Promise<readonly Row[]> {
  return [...(await measureBytes()), ...(await measureMemory()), ...(await measureRedis())];
}
