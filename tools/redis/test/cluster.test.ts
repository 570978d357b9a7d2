import { expect, onTestFinished, test } from "vitest";

import { askWith } from "../src/ask.ts";
import { type ClusterOptions, type RedisCluster, startCluster } from "../src/index.ts";
import { ping } from "../src/ping.ts";

async function start(options?: ClusterOptions): Promise<RedisCluster> {
  const cluster = await startCluster(options);
  onTestFinished(() => cluster.stop());
  return cluster;
}

test("spreads the keys over three masters, each with a replica that takes over", async () => {
  const cluster = await start();
  const masters = cluster.nodes.slice(0, 3);
  const owners = await Promise.all(["a", "b", "c"].map(async (key) => cluster.masterOf(key)));
  expect(new Set(owners.map(({ port }) => port))).toEqual(new Set(masters.map(({ port }) => port)));

  const owner = await cluster.masterOf("key");
  const ask = askWith({});
  expect(await ask(owner, "SET", "key", "value")).toBe("OK");
  await owner.kill();
  await expect
    .poll(async () => (await cluster.masterOf("key")).port, { timeout: 30_000 })
    .not.toBe(owner.port);
  const successor = await cluster.masterOf("key");
  expect(cluster.nodes.slice(3)).toContain(successor);
  await expect.poll(async () => ask(successor, "GET", "key").catch(String)).toBe("value");
});

test("forms a cluster without replicas, behind TLS and a password", async () => {
  const cluster = await start({ replicas: 0, password: "open", tls: true });
  expect(cluster.nodes).toHaveLength(3);
  const { ca } = cluster;
  const owner = await cluster.masterOf("key");
  await expect(askWith({ ca })(owner, "GET", "key")).rejects.toThrow("NOAUTH");
  expect(await askWith({ ca, password: "open" })(owner, "GET", "key")).toBeNull();
  expect(await ping(owner.port)).toBeUndefined();
});

test("stops every node", async () => {
  const cluster = await start({ replicas: 0 });
  await cluster.stop();
  const pongs = await Promise.all(cluster.nodes.map(async ({ port }) => ping(port)));
  expect(pongs).toEqual([undefined, undefined, undefined]);
});
