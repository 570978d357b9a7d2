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

test("offers none that the system gives out, for the bus of a cluster neither", async () => {
  const ports = await Promise.all(Array.from({ length: 50 }, freeClusterPort));
  const first = await firstGivenOut();
  expect(ports.filter((port) => port + 10_000 >= first)).toEqual([]);
});

/** The lowest port the system chooses by itself: Linux says; elsewhere it is that of IANA (RFC 6335, 6). */
async function firstGivenOut(): Promise<number> {
  const range = "/proc/sys/net/ipv4/ip_local_port_range";
  return Number((await readFile(range, "utf8").catch(() => "49152")).split("\t")[0]);
}
