export { redisReason } from "./redis/reason.ts";
export {
  ReplicatedRedis,
  type ReplicatedRedisTerms,
  type ReplicationOptions,
} from "./redis/replicated-redis.ts";
export type { Write } from "./redis/replicated-write.ts";
