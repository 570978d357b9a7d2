/**
 * Why there is no Redis to test with; the message says what to do next.
 *
 * - `wrong-redis-server`: REDIS_SERVER does not name a Redis server.
 * - `no-redis-server`: none was found and none could be fetched.
 * - `redis-died`: the server ended before it answered; the message ends with its log.
 * - `redis-silent`: the server runs but did not answer PING in time.
 * - `redis-stopped`: `stop()` was called, so there is nothing left to restart.
 * - `needs-native-redis`: there is docker only, which TLS, sentinels and clusters cannot use.
 * - `redis-group-unready`: the servers run but did not come together in time.
 */
export class RedisRigError extends Error {
  override readonly name = "RedisRigError";
  readonly code:
    | "wrong-redis-server"
    | "no-redis-server"
    | "redis-died"
    | "redis-silent"
    | "redis-stopped"
    | "needs-native-redis"
    | "redis-group-unready";

  constructor(code: RedisRigError["code"], message: string) {
    super(message);
    this.code = code;
  }
}
