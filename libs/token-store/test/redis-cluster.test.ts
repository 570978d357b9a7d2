import { type RedisCluster, startCluster } from "@pr-review/redis-rig";
import { Cluster } from "ioredis";
import { afterAll, expect, it } from "vitest";

import { RedisRecordStorage } from "../src/redis.ts";
import { describeTokenStore } from "./contract.ts";
import { grant, storeOn } from "./contract/fixtures.ts";

const servers: RedisCluster = await startCluster({ masters: 3, replicas: 1 });
const cluster = new Cluster(servers.nodes.map(({ port }) => ({ host: "127.0.0.1", port })));
let opened = 0;

afterAll(async () => {
  cluster.disconnect();
  await servers.stop();
});

function open(): RedisRecordStorage {
  opened += 1;
  return new RedisRecordStorage(cluster, { prefix: `test${opened}:`, replicaWaitMs: 10_000 });
}

describeTokenStore("a token store in a cluster", async () => open(), { records: 200 });

it("keeps its records on all masters and lists them all", async () => {
  const storage = open();
  const store = storeOn(storage);
  const issued = await Promise.all(Array.from({ length: 60 }, async () => store.issue(grant)));
  const listed = await store.list();
  expect(listed).toHaveLength(60);
  const masters = await Promise.all(
    issued.map(async ({ record }) => servers.masterOf(storage.versionField(record.id).key)),
  );
  expect(new Set(masters.map(({ port }) => port)).size).toBe(3);
});

it("waits for the replica of the very master that has the record", async () => {
  const before = await Promise.all(cluster.nodes("master").map(async (node) => waitsOf(node)));
  const store = storeOn(open());
  await Promise.all(Array.from({ length: 60 }, async () => store.issue(grant)));
  const after = await Promise.all(cluster.nodes("master").map(async (node) => waitsOf(node)));
  const waits = after.map((count, i) => count - (before[i] ?? 0));
  expect(waits.reduce((sum, count) => sum + count, 0)).toBe(60);
  for (const count of waits) expect(count).toBeGreaterThan(0);
});

interface Asked {
  info(section: string): Promise<string>;
}

async function waitsOf(node: Asked): Promise<number> {
  const [, calls = "0"] = /cmdstat_wait:calls=(\d+)/.exec(await node.info("commandstats")) ?? [];
  return Number(calls);
}
