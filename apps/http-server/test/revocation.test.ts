import { demoTokens, type GitHubDouble, startGitHubDouble } from "@pr-review/github-double";
import { type RedisProcess, startRedis } from "@pr-review/redis-rig";
import { keyId } from "@pr-review/token-store";
import { afterEach, beforeEach, expect, it } from "vitest";

import { adminToken, type Instance, startInstance } from "./instance.ts";

const asAdmin = { authorization: `Bearer ${adminToken}`, "content-type": "application/json" };
let double: GitHubDouble;
let redis: RedisProcess;
let fleet: readonly Instance[];

beforeEach(async () => {
  [double, redis] = await Promise.all([startGitHubDouble(), startRedis()]);
  const env = {
    REDIS_URL: redis.url,
    RATE_LIMIT_REQUESTS_PER_MINUTE: "10000",
    PR_FETCH_CACHE_SECONDS: "300",
  };
  fleet = await Promise.all([1, 2, 3, 4].map(() => startInstance(double, env)));
});

afterEach(async () => {
  await Promise.all(fleet.map((instance) => instance.close()));
  await Promise.all([double.close(), redis.stop()]);
});

async function issue(): Promise<string> {
  const response = await fetch(`${fleet[0]?.url}/admin/tokens`, {
    method: "POST",
    headers: asAdmin,
    body: JSON.stringify({ github_token: demoTokens.alice, user_id: "alice" }),
  });
  const { mcp_key: key } = (await response.json()) as { mcp_key: string };
  return key;
}

/** Calls all instances but the first over and over; what began after `since()` is told apart. */
function hammer(key: string, since: () => number) {
  const started = { before: 0, after: 0 };
  const admittedAfter: number[] = [];
  const over = new AbortController();
  const worker = async (instance: Instance) => {
    while (!over.signal.aborted) {
      const at = performance.now();
      const { status } = await instance.fetchComments(key);
      const isAfter = at > since();
      if (isAfter) started.after += 1;
      else if (status === 200) started.before += 1;
      // Wrong keys in a row are answered 429 after a while.
      if (isAfter && status !== 401 && status !== 429) admittedAfter.push(status);
    }
  };
  const workers = fleet.slice(1).flatMap((instance) => [1, 2, 3, 4].map(() => worker(instance)));
  return {
    started,
    admittedAfter,
    end: async () => {
      over.abort();
      await Promise.all(workers);
    },
  };
}

/** How often a Redis that was slow for a moment, on a busy machine, made an instance decide alone. */
async function degraded(): Promise<number> {
  const counters = await Promise.all(fleet.map(({ metrics }) => metrics.limiterDegraded.get()));
  return counters.flatMap(({ values }) => values).reduce((sum, { value }) => sum + value, 0);
}

/** Runs `round` until Redis was in reach all the while: only then does a revocation hold at once. */
async function undisturbed<T>(round: () => Promise<T>): Promise<T> {
  for (let tries = 1; tries <= 5; tries += 1) {
    const before = await degraded();
    const seen = await round();
    if ((await degraded()) === before) return seen;
  }
  throw new Error("Redis was out of reach in each of five rounds");
}

/** Has a key used everywhere, revokes it meanwhile, and gives what was admitted afterwards. */
async function revokeUnderLoad(nameOf: (key: string) => string): Promise<readonly number[]> {
  const key = await issue();
  await Promise.all(fleet.map((instance) => instance.fetchComments(key)));
  let revokedAt = Number.POSITIVE_INFINITY;
  const load = hammer(key, () => revokedAt);
  await expect.poll(() => load.started.before).toBeGreaterThan(50);
  const path = `/admin/tokens/${nameOf(key)}`;
  const revoked = await fetch(`${fleet[0]?.url}${path}`, { method: "DELETE", headers: asAdmin });
  revokedAt = performance.now();
  expect(revoked.status).toBe(200);
  await expect.poll(() => load.started.after).toBeGreaterThan(100);
  await load.end();
  return load.admittedAfter;
}

it.each([
  ["its id", (key: string) => keyId(key) ?? ""],
  ["the whole key", (key: string) => key],
])("lets no request succeed once a revocation by %s is answered", async (_, nameOf) => {
  expect(await undisturbed(() => revokeUnderLoad(nameOf))).toEqual([]);
});

it("disables and changes a key on every instance at the next request", async () => {
  const key = await issue();
  const tokens = fleet[0]?.backends.tokens;
  const id = keyId(key) ?? "";
  const statuses = () =>
    undisturbed(() =>
      Promise.all(fleet.map(async (instance) => (await instance.fetchComments(key)).status)),
    );

  expect(await statuses()).toEqual([200, 200, 200, 200]);
  await tokens?.update(id, { allowedRepos: ["acme/gears"] });
  expect(await statuses()).toEqual([403, 403, 403, 403]);
  await tokens?.update(id, { allowedRepos: null, disabled: true });
  expect(await statuses()).toEqual([401, 401, 401, 401]);
  await tokens?.update(id, { disabled: false, githubToken: demoTokens.bob });
  expect(await statuses()).toEqual([200, 200, 200, 200]);
  await tokens?.update(id, { expiresAt: Date.now() - 1 });
  expect(await statuses()).toEqual([401, 401, 401, 401]);
});
