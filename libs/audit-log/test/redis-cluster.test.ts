import { startCluster } from "@pr-review/redis-rig";
import { Cluster } from "ioredis";
import { afterAll } from "vitest";

import { RedisAuditStorage, type RedisAuditStorageOptions } from "../src/redis.ts";
import { describeAuditLog } from "./contract.ts";

const servers = await startCluster({ masters: 3, replicas: 1 });
const cluster = new Cluster(servers.nodes.map(({ port }) => ({ host: "127.0.0.1", port })));
let opened = 0;

afterAll(async () => {
  cluster.disconnect();
  await servers.stop();
});

async function open(options: RedisAuditStorageOptions = {}): Promise<RedisAuditStorage> {
  opened += 1;
  return new RedisAuditStorage(cluster, {
    prefix: `test${opened}:`,
    replicaWaitMs: 10_000,
    ...options,
  });
}

describeAuditLog("an audit log in a cluster", open, {
  openSmall: async () => open({ maxRecords: 30 }),
  numRuns: 5,
});
