import { randomBytes } from "node:crypto";

import { demoTokens, startGitHubDouble } from "@pr-review/github-double";
import { startRedis } from "@pr-review/redis-rig";
import { expect, it, onTestFinished } from "vitest";

import { resealInBackground } from "../src/backends/reseal.ts";
import { createLogger } from "../src/log/logger.ts";
import { type Instance, startInstance } from "./instance.ts";
import { issueKey, startLoad } from "./outage-load.ts";

const [one, two] = [randomBytes(32).toString("base64"), randomBytes(32).toString("base64")];

it("changes the secret key under load without a failed request", async () => {
  const [double, redis] = await Promise.all([startGitHubDouble(), startRedis()]);
  const running = new Set<Instance>();
  onTestFinished(async () => {
    await Promise.all([...running].map((instance) => instance.close()));
    await Promise.all([double.close(), redis.stop()]);
  });
  const settings = { REDIS_URL: redis.url, RATE_LIMIT_REQUESTS_PER_MINUTE: "10000" };
  const start = async (MCP_SECRET_KEYS: string): Promise<Instance> => {
    const instance = await startInstance(double, { ...settings, MCP_SECRET_KEYS });
    running.add(instance);
    return instance;
  };
  const close = async (instance: Instance): Promise<void> => {
    running.delete(instance);
    await instance.close();
  };

  // Every instance knows both keys before any seals with the new one.
  const before = await start(`k1:${one},k2:${two}`);
  const keys: string[] = [];
  while (keys.length < 60) {
    const issued = await Promise.all([1, 2, 3].map(() => issueKey(before, demoTokens.alice)));
    keys.push(...issued.map(({ key = "" }) => key));
  }
  const load = startLoad([before], keys.slice(0, 4));
  const after = await start(`k2:${two},k1:${one}`);
  const newLoad = startLoad([after], keys.slice(2, 6));
  const { backends, metrics } = after;
  const log = createLogger("silent");
  await resealInBackground(backends.tokens, { log, metrics, signal: new AbortController().signal });
  expect(await backends.tokens.keyring()).toMatchObject({ records: { k1: 0, k2: keys.length } });
  for (const outcome of [await load.end(), await newLoad.end()]) {
    expect([Object.keys(outcome.statuses), outcome.broken]).toEqual([["200"], 0]);
  }
  await close(before);
  await close(after);

  const alone = await start(`k2:${two}`);
  const found = await Promise.all(keys.map((key) => alone.backends.tokens.find(key)));
  expect(found.map((match) => match?.githubToken)).toEqual(keys.map(() => demoTokens.alice));
  await expect(start(`k1:${one}`)).rejects.toMatchObject({ code: "wrong-secret-key" });
  expect((await alone.fetchComments(keys[0] ?? "")).status).toBe(200);
});
