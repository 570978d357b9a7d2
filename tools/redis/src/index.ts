export type { RedisBinary } from "./binary.ts";
export { type ClusterOptions, type RedisCluster, startCluster } from "./cluster.ts";
export { RedisRigError } from "./errors.ts";
export { locateRedisServer, type LocateOptions } from "./locate.ts";
export { type Proxy, startProxy } from "./proxy.ts";
export type { RedisProcess } from "./redis-process.ts";
export { type SecureRedis, startSecureRedis } from "./secure.ts";
export { type SentinelOptions, type Sentinels, startSentinels } from "./sentinels.ts";
export { startRedis, type StartOptions } from "./start.ts";
