import { setTimeout as wait } from "node:timers/promises";

import { demoTokens, type GitHubDouble, startGitHubDouble } from "@pr-review/github-double";
import { startCluster, startRedis, startSentinels } from "@pr-review/redis-rig";
import { generateKey } from "@pr-review/token-store";
import { afterEach, beforeEach, expect, it, onTestFinished } from "vitest";

import { json } from "./harness.ts";
import { type Instance, startInstance } from "./instance.ts";
import { issueKey, issueUntil, startLoad } from "./outage-load.ts";

// A failover takes seconds, and more on a busy machine.
const patience = { timeout: 60_000 };
const unlimited = { RATE_LIMIT_REQUESTS_PER_MINUTE: "10000", PR_FETCH_CACHE_SECONDS: "300" };
/** What is acknowledged must outlive the process. */
const durable = { args: ["--appendonly", "yes", "--appendfsync", "always"] };
let double: GitHubDouble;

beforeEach(async () => {
  double = await startGitHubDouble();
});

afterEach(() => double.close());

/** Two instances that are closed before what they are connected to. */
async function startPair(env: Record<string, string>): Promise<readonly [Instance, Instance]> {
  const pair = await Promise.all([startInstance(double, env), startInstance(double, env)]);
  onTestFinished(async () => {
    await Promise.all(pair.map((instance) => instance.close()));
  });
  return pair;
}

type Pair = Awaited<ReturnType<typeof startPair>>;
type Keys = readonly [string, ...string[]];

/** A key that both instances know. */
async function knownKey(fleet: Pair): Promise<string> {
  const { key } = await issueKey(fleet[0], demoTokens.alice);
  if (key === undefined) throw new Error("no key was issued");
  const calls = await Promise.all(fleet.map((instance) => instance.fetchComments(key)));
  expect(calls.map(({ status }) => status)).toEqual([200, 200]);
  return key;
}

/** How many requests each way of deciding without Redis has decided. */
async function degraded({ metrics }: Instance): Promise<number> {
  const { values } = await metrics.limiterDegraded.get();
  return values.reduce((sum, { value }) => sum + value, 0);
}

/** Fulfilled when the instance decides with Redis again. */
async function recovery(instance: Instance, key: string): Promise<void> {
  await expect
    .poll(async () => {
      const before = await degraded(instance);
      await instance.fetchComments(key);
      await instance.fetchComments(key);
      return (await degraded(instance)) - before;
    }, patience)
    .toBe(0);
}

it("serves known keys while Redis is dead, refuses unknown ones with 503, and goes on (REL-4)", async () => {
  const redis = await startRedis(durable);
  onTestFinished(() => redis.stop());
  const fleet = await startPair({ ...unlimited, REDIS_URL: redis.url });
  const keys: Keys = [await knownKey(fleet), await knownKey(fleet)];
  const load = startLoad(fleet, keys);
  await redis.kill();
  const stranger = await fleet[0].fetchComments(generateKey().key);
  expect([stranger.status, (await json(stranger)).code]).toEqual([503, "store-unavailable"]);
  expect(Number(stranger.headers.get("retry-after"))).toBeGreaterThan(0);
  const duringKill = load.answered();
  await wait(3_000);
  expect(load.answered()).toBeGreaterThan(duringKill + 10);
  const known = await fleet[1].fetchComments(keys[0]);
  expect(known.headers.get("ratelimit-policy")).toContain('"degraded"');
  await redis.restart();
  await Promise.all(fleet.map((instance) => recovery(instance, keys[0])));
  const { statuses, broken } = await load.end();
  expect([Object.keys(statuses), broken]).toEqual([["200"], 0]);
  expect((await fleet[0].fetchComments(generateKey().key)).status).toBe(401);
});

it("serves known keys while Redis hangs, and asks it no more than now and then (REL-5)", async () => {
  const redis = await startRedis();
  onTestFinished(() => redis.stop());
  const fleet = await startPair({ ...unlimited, REDIS_URL: redis.url });
  const keys: Keys = [await knownKey(fleet), await knownKey(fleet)];
  const load = startLoad(fleet, keys);
  await redis.pause();
  await wait(5_000);
  const hung = load.answered();
  await redis.resume();
  await Promise.all(fleet.map((instance) => recovery(instance, keys[0])));
  const { statuses, broken } = await load.end();
  expect([Object.keys(statuses), broken]).toEqual([["200"], 0]);
  // One that waits 100 ms each time would have answered 50 a worker at the most.
  expect(hung).toBeGreaterThan(50);
});

it("never admits more than the limit within an outage, nor twice the limit around it", async () => {
  const redis = await startRedis(durable);
  onTestFinished(() => redis.stop());
  const limits = { RATE_LIMIT_REQUESTS_PER_MINUTE: "30", RATE_LIMIT_BURST: "0" };
  const fleet = await startPair({ ...unlimited, ...limits, REDIS_URL: redis.url });
  // The second beat of the first instance has heard of the second one.
  await wait(6_000);
  const { key } = await issueKey(fleet[0], demoTokens.alice);
  const admitted = async (calls: number) => {
    const each = Array.from({ length: calls }, (_, i) =>
      (i % 2 === 0 ? fleet[0] : fleet[1]).fetchComments(key ?? ""),
    );
    const statuses = (await Promise.all(each)).map(({ status }) => status);
    expect(statuses.every((status) => status === 200 || status === 429)).toBe(true);
    return statuses.filter((status) => status === 200).length;
  };
  const before = await admitted(40);
  expect(before).toBe(30);
  await redis.kill();
  const during = await admitted(80);
  expect(during).toBeLessThanOrEqual(30);
  await redis.restart();
  await Promise.all(fleet.map((instance) => recovery(instance, generateKey().key)));
  expect(before + during + (await admitted(40))).toBeLessThanOrEqual(60);
});

it.each([
  ["closed", 503, "limiter-unavailable"],
  ["open", 200, undefined],
])("answers by the policy %s while Redis is dead", async (policy, status, code) => {
  const redis = await startRedis();
  onTestFinished(() => redis.stop());
  const [instance] = await startPair({ REDIS_URL: redis.url, RATE_LIMIT_FAIL_POLICY: policy });
  const { key = "" } = await issueKey(instance, demoTokens.alice);
  expect((await instance.fetchComments(key)).status).toBe(200);
  await redis.kill();
  const response = await instance.fetchComments(key);
  expect([response.status, (await json(response)).code]).toEqual([status, code]);
  expect(await degraded(instance)).toBe(1);
});

it("refuses keys that nobody could confirm for longer than the settings allow", async () => {
  const redis = await startRedis();
  onTestFinished(() => redis.stop());
  const [instance] = await startPair({ REDIS_URL: redis.url, MCP_AUTH_STALE_SECONDS: "0" });
  const { key = "" } = await issueKey(instance, demoTokens.alice);
  expect((await instance.fetchComments(key)).status).toBe(200);
  await redis.kill();
  const response = await instance.fetchComments(key);
  expect([response.status, (await json(response)).code]).toEqual([503, "store-unavailable"]);
});

it("loses no acknowledged key in a failover of the sentinels, and no known caller (REL-6)", async () => {
  const rig = await startSentinels({ downAfterMs: 1_000 });
  onTestFinished(() => rig.stop());
  const REDIS_SENTINELS = rig.sentinels.map(({ port }) => `127.0.0.1:${port}`).join();
  const fleet = await startPair({ ...unlimited, REDIS_SENTINELS, REDIS_SENTINEL_NAME: rig.name });
  const keys: Keys = [await knownKey(fleet), await knownKey(fleet)];
  await surviveFailover(fleet, keys, async () => (await rig.master()).kill());
}, 120_000);

it("loses no acknowledged key when a master of a cluster dies, and no known caller (REL-7)", async () => {
  const rig = await startCluster();
  onTestFinished(() => rig.stop());
  const REDIS_CLUSTER = rig.nodes.map(({ port }) => `127.0.0.1:${port}`).join();
  const fleet = await startPair({ ...unlimited, REDIS_CLUSTER });
  const keys: Keys = [
    await knownKey(fleet),
    await knownKey(fleet),
    await knownKey(fleet),
    await knownKey(fleet),
  ];
  const id = keys[0].slice(5, 15);
  await surviveFailover(fleet, keys, async () => (await rig.masterOf(`mcp:{${id}}:tok`)).kill());
}, 120_000);

/** Kills what serves the first key, while keys are used and issued, and waits until all is well again. */
async function surviveFailover(fleet: Pair, keys: Keys, kill: () => Promise<void>): Promise<void> {
  const load = startLoad(fleet, keys);
  let isOver = false;
  const issuing = issueUntil(fleet[1], demoTokens.alice, () => isOver);
  await wait(500);
  await kill();
  await wait(1_000);
  await Promise.all(fleet.map((instance) => recovery(instance, keys[0])));
  await expect
    .poll(async () => (await issueKey(fleet[0], demoTokens.alice)).status, patience)
    .toBe(200);
  isOver = true;
  const [{ statuses, broken }, issued] = await Promise.all([load.end(), issuing]);
  expect([Object.keys(statuses), broken]).toEqual([["200"], 0]);
  expect(issued.refusals.every((status) => status === 503)).toBe(true);
  expect(issued.keys.length).toBeGreaterThan(0);
  const { tokens } = fleet[0].backends;
  // A client of a cluster learns of the last move of a slot by its first question.
  await expect
    .poll(() => Promise.all(issued.keys.map((key) => tokens.find(key))), patience)
    .not.toContain(undefined);
}
