import { Client, SSEClientTransport } from "@modelcontextprotocol/client";
import { Client as OldClient } from "@modelcontextprotocol/sdk/client/index.js";
import { SSEClientTransport as OldTransport } from "@modelcontextprotocol/sdk/client/sse.js";
import { type GitHubDouble, startGitHubDouble } from "@pr-review/github-double";
import { startRedis } from "@pr-review/redis-rig";
import { Redis } from "ioredis";
import { expect, it, onTestFinished } from "vitest";

import { RedisSseRelay } from "../../src/sse/redis-relay.ts";
import { startBalancer } from "./balancer.ts";
import { call, idOf, sseRig, type SseRig, type SseRigOptions } from "./rig.ts";

const clientInfo = { name: "test", version: "0" };
const withKey = (key: string) => ({ requestInit: { headers: { authorization: `Bearer ${key}` } } });
const ping = (id: string) => ({ jsonrpc: "2.0", id, method: "ping" });

interface Fleet {
  readonly instances: readonly [SseRig, SseRig, SseRig];
  readonly double: GitHubDouble;
  /** The relay of an instance that holds no stream. */
  readonly outside: RedisSseRelay;
  /** Everything that went over Redis' channels. */
  readonly overheard: readonly string[];
}

/** Three instances, one Redis, one GitHub; all end with the test. */
async function startFleet(options: SseRigOptions & { latencyMs?: number } = {}): Promise<Fleet> {
  const { latencyMs = 0, ...others } = options;
  const double = await startGitHubDouble({ latencyMs: () => latencyMs });
  const redis = await startRedis();
  const connections: Redis[] = [];
  const opened = () => {
    const connection = new Redis(redis.url);
    connections.push(connection);
    return connection;
  };
  onTestFinished(async () => {
    for (const connection of connections) connection.disconnect();
    await Promise.all([double.close(), redis.stop()]);
  });
  const relay = () => new RedisSseRelay({ redis: opened(), subscriber: opened(), prefix: "mcp:" });
  const env = { REDIS_URL: redis.url, PR_FETCH_CACHE_SECONDS: "300" };
  const start = () => sseRig({ double, env, relay: relay(), ...others });
  const overheard: string[] = [];
  const spy = opened();
  await spy.psubscribe("*");
  spy.on("pmessage", (_pattern, channel, text) => overheard.push(`${channel} ${text}`));
  const instances = [await start(), await start(), await start()] as const;
  return { instances, double, outside: relay(), overheard };
}

it("answers 60 posts that a balancer spreads over three instances", async () => {
  const { instances, overheard, double } = await startFleet();
  const key = await instances[0].issue();
  const balancer = await startBalancer(instances.map(({ url }) => url));
  const address = new URL("/sse", balancer.url);
  const old = new OldClient(clientInfo);
  await old.connect(new OldTransport(address, withKey(key)));
  const current = new Client(clientInfo);
  await current.connect(new SSEClientTransport(address, withKey(key)));
  onTestFinished(async () => void (await Promise.all([old.close(), current.close()])));

  expect((await old.listTools()).tools).toHaveLength((await current.listTools()).tools.length);
  const before = [...balancer.posts];
  const rounds = Array.from({ length: 15 }, async () =>
    Promise.all([old.ping(), current.ping(), old.callTool(call), current.callTool(call)]),
  );
  for (const [, , ...results] of await Promise.all(rounds)) {
    for (const result of results) {
      expect(result.structuredContent).toMatchObject({ receipt: { complete: true } });
    }
  }
  expect(balancer.posts.map((posts, i) => posts - (before[i] ?? 0))).toEqual([20, 20, 20]);
  expect(instances.flatMap(({ outcomes }) => outcomes)).toEqual(
    Array.from({ length: 30 }, () => ({ outcome: "ok", keyId: idOf(key) })),
  );
  // Two of three posts went to an instance that has not the stream.
  expect(overheard.length).toBeGreaterThanOrEqual(40);
  expect(overheard.join("\n")).not.toContain(key);
  expect(double.problems).toEqual([]);
});

it("carries a cancellation from another instance to the tool", async () => {
  const { instances, double } = await startFleet({ latencyMs: 20_000 });
  const [home, away] = instances;
  const key = await home.issue();
  const { endpoint } = await home.open(key);
  const request = { jsonrpc: "2.0", id: 9, method: "tools/call", params: call };
  expect((await away.post(endpoint, key, request)).status).toBe(202);
  await expect.poll(() => double.requests.length).toBeGreaterThan(0);
  const method = "notifications/cancelled";
  await away.post(endpoint, key, { jsonrpc: "2.0", method, params: { requestId: 9 } });
  await expect.poll(() => home.outcomes.length).toBe(1);
  expect(home.outcomes[0]?.outcome).not.toBe("ok");
});

it("answers a foreign key, an unknown session and an ended stream alike, everywhere", async () => {
  const { instances } = await startFleet();
  const [home, ...away] = instances;
  const [owner, other] = [await home.issue(), await home.issue()];
  const stream = await home.open(owner);
  const unknown = `/messages?sessionId=${crypto.randomUUID()}`;
  const answers: string[] = [];
  const note = async (response: Response) =>
    void answers.push(`${response.status} ${await response.text()}`);
  for (const { post } of instances) {
    await note(await post(stream.endpoint, other, ping("foreign")));
    await note(await post(unknown, owner, ping("unknown")));
  }
  stream.leave();
  await expect.poll(() => home.sse.activeStreams()).toBe(0);
  const gone = async () => (await away[0].post(stream.endpoint, owner, ping("late"))).status;
  await expect.poll(gone).toBe(404);
  for (const { post } of instances) await note(await post(stream.endpoint, owner, ping("late")));
  expect(answers).toHaveLength(9);
  expect(new Set(answers).size).toBe(1);
  expect(answers[0]).toMatch(/^404 .*no-such-stream/);
  expect(stream.text).not.toContain('"id"');
});

it("runs nothing for a key that was revoked while its message was on the way", async () => {
  const { instances, outside } = await startFleet();
  const [home] = instances;
  const key = await home.issue();
  const stream = await home.open(key);
  const sessionId = stream.endpoint.split("=")[1] ?? "";
  await home.backends.tokens.revoke(idOf(key));
  const request = { jsonrpc: "2.0", id: 1, method: "tools/call", params: call };
  expect(await outside.publish(sessionId, idOf(key), JSON.stringify(request))).toBe(true);
  expect(await stream.ended).toBe("ended");
  expect(stream.text).toContain("no longer valid");
  expect(home.outcomes).toEqual([]);
});

it("answers by the stream when the key of a relayed request cannot be checked", async () => {
  const recheck = () => Promise.reject(new Error("the store is out of reach"));
  const { instances } = await startFleet({ recheck });
  const [home, away] = instances;
  const key = await home.issue();
  const stream = await home.open(key);
  expect((await away.post(stream.endpoint, key, ping("p1"))).status).toBe(202);
  await expect.poll(() => stream.text).toContain('"id":"p1"');
  expect(stream.text).toContain('"code":-32603');
  await home.post(stream.endpoint, key, ping("p2"));
  await expect.poll(() => stream.text).toContain('"result":{},"jsonrpc":"2.0","id":"p2"');
});

it("lets clients go on at another instance when theirs closes", async () => {
  const { instances } = await startFleet();
  const [home, away] = instances;
  const key = await home.issue();
  const balanced = [home.url];
  const address = new URL("/sse", (await startBalancer(balanced)).url);
  const old = new OldClient(clientInfo);
  await old.connect(new OldTransport(address, withKey(key)));
  const current = new Client(clientInfo);
  await current.connect(new SSEClientTransport(address, withKey(key)));
  onTestFinished(async () => void (await Promise.all([old.close(), current.close()])));
  balanced[0] = away.url;
  await home.sse.close();
  // Until a client has read the address of its new stream, it posts to the one that is gone.
  const answerOf = async (client: OldClient | Client) =>
    (await client.callTool(call).catch(() => undefined))?.structuredContent;
  for (const client of [old, current]) {
    await expect.poll(() => answerOf(client), { timeout: 5_000 }).toMatchObject({ receipt: {} });
  }
  expect(away.sse.activeStreams()).toBe(2);
  expect(away.outcomes.map(({ outcome }) => outcome)).toEqual(["ok", "ok"]);
});
