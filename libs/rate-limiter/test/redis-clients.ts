import { type RedisProcess, startRedis } from "@pr-review/redis-rig";
import { Redis, type RedisOptions } from "ioredis";
import { afterAll, beforeAll, onTestFinished } from "vitest";

/** A Redis for the tests of one file. */
export function redisForThisFile(): () => RedisProcess {
  let redis: RedisProcess | undefined;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(async () => redis?.stop());
  return () => {
    if (redis === undefined) throw new Error("Redis starts before the first test.");
    return redis;
  };
}

/** A client that is closed with the test. */
export function connect(url: string, options: Omit<RedisOptions, "replyMapping"> = {}): Redis {
  const client = new Redis({ port: Number(new URL(url).port), ...options });
  onTestFinished(() => client.disconnect());
  return client;
}

/** How often Redis itself says that it was asked for this command, asked by scripts left out. */
export async function callsOf(client: Redis, command: string): Promise<number> {
  const stats = await client.info("commandstats");
  return Number(new RegExp(`cmdstat_${command}:calls=(\\d+)`).exec(stats)?.[1] ?? 0);
}

let prefixes = 0;

/** A prefix that no other test uses. */
export function freshPrefix(): string {
  prefixes += 1;
  return `test-${prefixes}:`;
}
