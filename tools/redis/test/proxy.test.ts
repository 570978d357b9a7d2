import { once } from "node:events";
import { createConnection, createServer, type Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";

import { expect, onTestFinished, test } from "vitest";

import { type Proxy, startProxy } from "../src/index.ts";

/** A proxy before a server that sends back what it gets, and a client of it. */
async function setUp(): Promise<{ proxy: Proxy; client: Socket; got: () => string }> {
  const server = createServer((socket) => socket.pipe(socket).on("error", () => undefined));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  const address = server.address();
  const proxy = await startProxy(
    typeof address === "object" && address !== null ? address.port : 0,
  );
  onTestFinished(() => proxy.stop());

  const client = createConnection(proxy);
  onTestFinished(() => void client.destroy());
  let received = "";
  client.setEncoding("utf8").on("data", (data: string) => (received += data));
  client.on("error", () => undefined);
  await once(client, "connect");
  return { proxy, client, got: () => received };
}

test("passes everything on, and the end too", async () => {
  const { client, got } = await setUp();
  client.end("hello");
  await once(client, "close");
  expect(got()).toBe("hello");
});

test("delays each piece and keeps their order", async () => {
  const { proxy, client, got } = await setUp();
  const lags = [80, 0];
  proxy.delayBy(() => lags.shift() ?? 0);
  client.write("one ");
  await delay(20);
  client.write("two");
  expect(got()).toBe("");
  await expect.poll(got).toBe("one two");
  expect(lags).toEqual([]);
});

test("swallows without closing, and resets what lost data when it heals", async () => {
  const { proxy, client, got } = await setUp();
  proxy.swallow();
  client.write("lost");
  await delay(50);
  expect([got(), client.readyState]).toEqual(["", "open"]);
  const failed = once(client, "error").catch((error: unknown) => [error]);
  proxy.heal();
  expect(await failed).toEqual([expect.objectContaining({ code: "ECONNRESET" })]);

  const next = createConnection(proxy);
  next.write("hello");
  expect(String(await once(next, "data"))).toBe("hello");
  next.destroy();
});

test("cuts every connection on reset and takes new ones", async () => {
  const { proxy, client } = await setUp();
  const failed = once(client, "error").catch((error: unknown) => [error]);
  proxy.reset();
  expect(await failed).toEqual([expect.objectContaining({ code: "ECONNRESET" })]);
  const next = createConnection(proxy);
  next.end("hello");
  expect(String(await once(next, "data"))).toBe("hello");
});

test("resets the client when the server is not there", async () => {
  const { proxy } = await setUp();
  const deaf = await startProxy(proxy.port);
  onTestFinished(() => deaf.stop());
  await proxy.stop();
  const client = createConnection(deaf);
  const [error] = await once(client, "error").catch((reason: unknown) => [reason]);
  expect(error).toMatchObject({ code: "ECONNRESET" });
});
