export { RedisLease, type RedisLeaseOptions } from "./redis/redis-lease.ts";
export { RedisMarks, type RedisMarksOptions } from "./redis/redis-marks.ts";
