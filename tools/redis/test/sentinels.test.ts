import { expect, onTestFinished, test } from "vitest";

import { askWith } from "../src/ask.ts";
import { type SentinelOptions, type Sentinels, startSentinels } from "../src/index.ts";
import { ping } from "../src/ping.ts";

async function start(options?: SentinelOptions): Promise<Sentinels> {
  const group = await startSentinels(options);
  onTestFinished(() => group.stop());
  return group;
}

test("promotes the replica, which has the data, when the primary is killed", async () => {
  const group = await start();
  const [primary, replica] = [await group.master(), await group.replica()];
  const ask = askWith({});
  await ask(primary, "SET", "key", "value");
  await expect.poll(async () => ask(replica, "GET", "key")).toBe("value");
  await expect(ask(replica, "SET", "key", "value")).rejects.toThrow("READONLY");

  await primary.kill();
  await expect
    .poll(async () => (await group.master()).port, { timeout: 30_000 })
    .toBe(replica.port);
  expect((await group.replica()).port).toBe(primary.port);
  expect(await ask(replica, "GET", "key")).toBe("value");
  // The sentinels settle on a name before the replica has changed its part.
  await expect.poll(async () => ask(replica, "SET", "key", "2").catch(String)).toBe("OK");
});

test("gives servers and sentinels the passwords asked for", async () => {
  const group = await start({ password: "open", sentinelPassword: "sesame" });
  const primary = await group.master();
  const [sentinel = primary] = group.sentinels;
  await expect(askWith({ password: "sesame" })(primary, "PING")).rejects.toThrow("WRONGPASS");
  await expect(askWith({ password: "open" })(sentinel, "PING")).rejects.toThrow("WRONGPASS");
  expect(await askWith({ password: "open" })(primary, "PING")).toBe("PONG");
  expect(await askWith({ password: "sesame" })(sentinel, "PING")).toBe("PONG");
});

test("lets everybody speak TLS only", async () => {
  const group = await start({ tls: true });
  const [sentinel] = group.sentinels;
  const servers = [await group.master(), await group.replica(), ...group.sentinels];
  expect(sentinel?.url).toMatch(/^rediss:/);
  const pongs = servers.map(async (server) => askWith({ ca: group.ca })(server, "PING"));
  expect(await Promise.all(pongs)).toEqual(Array.from({ length: 5 }, () => "PONG"));
  expect(await Promise.all(servers.map(({ port }) => ping(port)))).toEqual(
    Array.from({ length: 5 }, () => undefined),
  );
});

test("stops all five servers", async () => {
  const group = await start();
  const servers = [await group.master(), await group.replica(), ...group.sentinels];
  expect(new Set(servers.map(({ port }) => port)).size).toBe(5);
  await group.stop();
  const pongs = await Promise.all(servers.map(async ({ port }) => ping(port)));
  expect(pongs).toEqual(Array.from({ length: 5 }, () => undefined));
});
