export type { RedisBinary } from "./binary.ts";
export { RedisRigError } from "./errors.ts";
export { locateRedisServer, type LocateOptions } from "./locate.ts";
export type { RedisProcess } from "./redis-process.ts";
export { startRedis, type StartOptions } from "./start.ts";
