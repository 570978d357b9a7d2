import { readSettings } from "@pr-review/mcp-tools";
import { expect, it, onTestFinished } from "vitest";

import { openConnections, type RedisConnections } from "../../src/redis/connections.ts";
import { redisPlace } from "../../src/redis/place.ts";
import { redisSettings } from "../../src/redis/settings.ts";
import { startVersion } from "./stub.ts";

async function open(version: string): Promise<RedisConnections> {
  const REDIS_URL = await startVersion(version);
  const place = redisPlace(readSettings(redisSettings, { REDIS_URL }));
  if (place === undefined) throw new Error("This setting names no Redis.");
  const connections = await openConnections(place, {});
  onTestFinished(() => connections.close());
  return connections;
}

it.each(["2.8.24", "5.0.14", "6.0.16", "6.1.0"])(
  "refuses Redis %s and says why",
  async (version) => {
    await expect(open(version)).rejects.toMatchObject({
      code: "redis-too-old",
      reason: version,
      message: expect.stringMatching(
        /^Redis at 127\.0\.0\.1:\d+ is of version [\d.]+: install 6\.2 or later there/,
      ),
    });
  },
);

it.each(["6.2.0", "7.0.15", "8.2.1", "10.0.0"])("opens Redis %s", async (version) => {
  expect((await open(version)).reading.status).toBe("ready");
});
