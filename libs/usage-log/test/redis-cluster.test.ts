import { type RedisCluster, startCluster } from "@pr-review/redis-rig";
import { Cluster } from "ioredis";
import { afterAll } from "vitest";

import { RedisUsageStorage } from "../src/redis.ts";
import { describeUsageLog } from "./contract.ts";

const servers: RedisCluster = await startCluster({ masters: 3, replicas: 0 });
const cluster = new Cluster(servers.nodes.map(({ port }) => ({ host: "127.0.0.1", port })));
let opened = 0;

afterAll(async () => {
  cluster.disconnect();
  await servers.stop();
});

describeUsageLog(
  "a usage log in a cluster",
  async () => {
    opened += 1;
    const storage = new RedisUsageStorage(cluster, { prefix: `test${opened}:` });
    return async () => storage;
  },
  { series: 10 },
);
