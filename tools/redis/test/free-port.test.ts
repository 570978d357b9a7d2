import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:net";

import { expect, onTestFinished, test } from "vitest";

import { freeClusterPort } from "../src/cluster-port.ts";
import { freePort, isFree } from "../src/free-port.ts";

test("offers ports that nobody listens on", async () => {
  const port = await freePort();
  expect(await isFree(port)).toBe(true);
  const server = createServer().listen(port, "127.0.0.1");
  onTestFinished(() => void server.close());
  await once(server, "listening");
  expect(await isFree(port)).toBe(false);
});

test.runIf(process.platform === "linux")(
  "offers none that the system gives out, for the bus of a cluster neither",
  async () => {
    const range = await readFile("/proc/sys/net/ipv4/ip_local_port_range", "utf8");
    const first = Number(range.split("\t")[0]);
    const ports = await Promise.all(Array.from({ length: 50 }, freeClusterPort));
    expect(ports.filter((port) => port + 10_000 >= first)).toEqual([]);
  },
);
