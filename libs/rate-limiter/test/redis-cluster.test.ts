import { type RedisCluster, startCluster } from "@pr-review/redis-rig";
import { Cluster, type Redis } from "ioredis";
import { afterAll, beforeAll, expect, it, onTestFinished } from "vitest";

import { RedisInstances, RedisRateLimiter } from "../src/redis.ts";
import { connect, freshPrefix } from "./redis-clients.ts";

let cluster: RedisCluster;

beforeAll(async () => {
  cluster = await startCluster({ masters: 3, replicas: 0 });
});
afterAll(async () => cluster.stop());

function connectToAll(): Cluster {
  const nodes = cluster.nodes.map(({ port }) => ({ host: "127.0.0.1", port }));
  const client = new Cluster(nodes);
  onTestFinished(() => client.disconnect());
  return client;
}

/** Moves a slot with all that is in it from one node to another, as an operator would. */
async function moveSlot(slot: number, from: Redis, to: Redis): Promise<void> {
  const [source, target] = [await from.cluster("MYID"), await to.cluster("MYID")];
  await to.cluster("SETSLOT", slot, "IMPORTING", source);
  await from.cluster("SETSLOT", slot, "MIGRATING", target);
  const keys = await from.cluster("GETKEYSINSLOT", slot, 100);
  await from.call("MIGRATE", "127.0.0.1", to.options.port ?? 0, "", 0, 5_000, "KEYS", ...keys);
  for (const node of [to, from]) await node.cluster("SETSLOT", slot, "NODE", target);
}

it("limits keys on all nodes, each with its companion", async () => {
  const client = connectToAll();
  const prefix = freshPrefix();
  const limiter = new RedisRateLimiter(client, { limit: 3 }, { prefix });
  const kids = Array.from({ length: 30 }, (_, i) => `kid-${i}`);
  for (const kid of kids) {
    await client.hset(`${prefix}{${kid}}:tok`, "version", kid);
    const companion = { key: `${prefix}{${kid}}:tok`, field: "version" };
    const verdicts = [];
    for (let i = 0; i < 3; i += 1) verdicts.push(await limiter.take(kid, { companion }));
    expect(verdicts.map(({ remaining }) => remaining)).toEqual([2, 1, 0]);
    expect(verdicts.map((verdict) => verdict.companion)).toEqual([kid, kid, kid]);
    expect((await limiter.take(kid)).allowed).toBe(false);
  }
  const masters = await Promise.all(kids.map((kid) => cluster.masterOf(`${prefix}{${kid}}`)));
  expect(new Set(masters.map(({ port }) => port)).size).toBe(3);
});

it("loses no admission while the slot of a key moves from node to node", async () => {
  const client = connectToAll();
  const prefix = freshPrefix();
  const limiter = new RedisRateLimiter(client, { limit: 10_000 }, { prefix });
  const companion = { key: `${prefix}{kid}:tok`, field: "version" };
  await client.hset(companion.key, "version", "7");
  const slot = await client.cluster("KEYSLOT", companion.key);
  const nodes = cluster.nodes.map(({ url }) => connect(url));
  const first = cluster.nodes.indexOf(await cluster.masterOf(companion.key));

  const state = { isMoving: true };
  const moving = (async () => {
    for (let move = first; move < first + 6; move += 1) {
      const [from, to] = [nodes[move % 3], nodes[(move + 1) % 3]];
      if (from !== undefined && to !== undefined) await moveSlot(slot, from, to);
    }
  })().finally(() => {
    state.isMoving = false;
  });
  const remaining: number[] = [];
  while (state.isMoving) {
    const verdict = await limiter.take("kid", { companion });
    expect(verdict.companion).toBe("7");
    remaining.push(verdict.remaining);
  }
  await moving;
  expect(remaining).toEqual(remaining.map((_, i) => 9_999 - i));
});

it("counts instances that are connected to a cluster", async () => {
  const prefix = freshPrefix();
  const [first, second] = [connectToAll(), connectToAll()].map(
    (client) => new RedisInstances(client, { prefix }),
  );
  await first?.beat();
  await second?.beat();
  expect(second?.count).toBe(2);
});
