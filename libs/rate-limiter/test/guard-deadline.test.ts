import { expect, it } from "vitest";

import { GuardedRateLimiter } from "../src/index.ts";
import { RedisRateLimiter } from "../src/redis.ts";
import { connect, freshPrefix, redisForThisFile } from "./redis-clients.ts";

const redis = redisForThisFile();

function keepBusy(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

it("does not blame the store when this process itself was busy past the deadline", async () => {
  const limit = { limit: 10 };
  const remote = new RedisRateLimiter(connect(redis().url), limit, { prefix: freshPrefix() });
  const limiter = new GuardedRateLimiter(remote, limit, { failures: 1 });
  await remote.take("warm-up");
  for (let i = 0; i < 5; i += 1) {
    const asked = limiter.take("a");
    keepBusy(200);
    expect(await asked).not.toHaveProperty("isDegraded");
  }
  expect(limiter.state).toBe("closed");
});
