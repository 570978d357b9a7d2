export type { RedisLimiterOptions } from "./redis/asker.ts";
export { RedisGcraLimiter } from "./redis/gcra-limiter.ts";
export { RedisInstances, type RedisInstancesOptions } from "./redis/instances.ts";
export { RedisRateLimiter } from "./redis/window-limiter.ts";
