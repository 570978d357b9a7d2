export { RedisAuditStorage, type RedisAuditStorageOptions } from "./redis/redis-audit-storage.ts";
