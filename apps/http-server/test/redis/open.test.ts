import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

import { readSettings, SettingsError } from "@pr-review/mcp-tools";
import {
  type RedisProcess,
  startCluster,
  startProxy,
  startRedis,
  startSecureRedis,
  startSentinels,
} from "@pr-review/redis-rig";
import type { Cluster, Redis } from "ioredis";
import { expect, it, onTestFinished, vi } from "vitest";

import { closeRedis, openRedis, type OpenRedisOptions } from "../../src/redis/open.ts";
import { redisPlace } from "../../src/redis/place.ts";
import { redisProblems, redisSettings } from "../../src/redis/settings.ts";

const secret = "canary-9b1f";

type Env = Readonly<Record<string, string>>;

async function open(env: Env, options: Partial<OpenRedisOptions> = {}): Promise<Redis | Cluster> {
  const settings = readSettings(redisSettings, env);
  expect(redisProblems(settings)).toEqual([]);
  const place = redisPlace(settings);
  if (place === undefined) throw new Error("These settings name no Redis.");
  expectNothingPrinted();
  const client = await openRedis(place, { commandTimeoutMs: 1_000, ...options });
  onTestFinished(() => closeRedis(client));
  return client;
}

/** ioredis prints errors that nobody listens to, with what it sent: passwords too. */
function expectNothingPrinted(): void {
  const print = vi.spyOn(console, "error");
  onTestFinished(() => {
    expect(print).not.toHaveBeenCalled();
    print.mockRestore();
  });
}

async function until<T extends { stop: () => Promise<void> }>(starting: Promise<T>): Promise<T> {
  const started = await starting;
  onTestFinished(() => started.stop());
  return started;
}

async function fileWith(text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "pr-review-ca-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, "ca.pem");
  await writeFile(file, text);
  return file;
}

/** What a busy machine does to a process: it runs nothing for so long. */
const holdUp = (ms: number) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);

const listOf = (servers: readonly RedisProcess[]) =>
  servers.map(({ host, port }) => `${host}:${port}`).join(", ");

async function expectToWork(client: Redis | Cluster, key = "mcp:key"): Promise<void> {
  expect(await client.set(key, "value")).toBe("OK");
  expect(await client.get(key)).toBe("value");
}

/** Every command from now to the first that works, as their outcomes. */
async function outcomesUntilWell(client: Redis | Cluster, key = "mcp:key"): Promise<string[]> {
  const outcomes: string[] = [];
  await expect
    .poll(
      async () => {
        outcomes.push(await client.set(key, "again").catch((error: Error) => error.message));
        return outcomes.at(-1);
      },
      { timeout: 30_000 },
    )
    .toBe("OK");
  return outcomes;
}

it("opens one Redis, in the database of its URL", async () => {
  const { url } = await until(startRedis());
  await expectToWork(await open({ REDIS_URL: `${url}/3` }));
  expect(await (await open({ REDIS_URL: `${url}/3` })).get("mcp:key")).toBe("value");
  expect(await (await open({ REDIS_URL: url })).get("mcp:key")).toBeNull();
});

it("logs in as a user who may only do what it does", async () => {
  const acl = ["--user", "app", "on", `>${secret}@/`, "~mcp:*", "+@all", "-@dangerous", "+info"];
  const { port } = await until(startRedis({ args: ["--requirepass", "other", ...acl] }));
  const url = `redis://app:${encodeURIComponent(`${secret}@/`)}@127.0.0.1:${port}`;
  const client = await open({ REDIS_URL: url });
  await expectToWork(client);
  await expect(client.get("other:key")).rejects.toThrow("NOPERM");
  const REDIS_URL = `redis://127.0.0.1:${port}`;
  await expectToWork(
    await open({ REDIS_URL, REDIS_USERNAME: "app", REDIS_PASSWORD: `${secret}@/` }),
  );
});

it("speaks TLS to a server whose authority it is told", async () => {
  const { url, ca } = await until(startSecureRedis({ args: ["--requirepass", secret] }));
  const other = await until(startSecureRedis());
  const REDIS_TLS_CA_FILE = await fileWith(`A bundle\n${other.ca}\n${ca}`);
  await expectToWork(await open({ REDIS_URL: url, REDIS_PASSWORD: secret, REDIS_TLS_CA_FILE }));
});

it("refuses a server whose certificate another authority signed, or none it knows", async () => {
  const { url } = await until(startSecureRedis());
  const other = await until(startSecureRedis());
  const REDIS_TLS_CA_FILE = await fileWith(other.ca);
  const refusal = {
    code: "redis-untrusted",
    message: expect.stringContaining("REDIS_TLS_CA_FILE"),
  };
  await expect(open({ REDIS_URL: url, REDIS_TLS_CA_FILE })).rejects.toMatchObject(refusal);
  await expect(open({ REDIS_URL: url })).rejects.toMatchObject(refusal);
});

it.each(["", "not a certificate", "-----BEGIN CERTIFICATE-----\nMIIC\n-----END CERTIFICATE-----"])(
  "refuses a CA file that holds %j",
  async (text) => {
    const REDIS_TLS_CA_FILE = await fileWith(text);
    const opening = open({ REDIS_URL: "rediss://127.0.0.1:1", REDIS_TLS_CA_FILE });
    await expect(opening).rejects.toThrow(SettingsError);
    await expect(opening).rejects.toThrow("REDIS_TLS_CA_FILE: is not a file");
  },
);

it("refuses a CA file that is not there", async () => {
  const opening = open({ REDIS_URL: "rediss://127.0.0.1:1", REDIS_TLS_CA_FILE: "/absent.pem" });
  await expect(opening).rejects.toThrow(SettingsError);
});

it("follows the sentinels to the primary, and to the next one when it is killed", async () => {
  const passwords = { password: secret, sentinelPassword: `${secret}-2` };
  const group = await until(startSentinels(passwords));
  const reasons: string[] = [];
  const client = await open(
    {
      REDIS_SENTINELS: listOf(group.sentinels),
      REDIS_SENTINEL_NAME: group.name,
      REDIS_SENTINEL_PASSWORD: passwords.sentinelPassword,
      REDIS_PASSWORD: passwords.password,
    },
    { onError: (reason) => reasons.push(reason) },
  );
  await expectToWork(client);
  const [primary, replica] = [await group.master(), await group.replica()];
  await client.wait(1, 1_000);
  await primary.kill();
  const outcomes = await outcomesUntilWell(client, "mcp:after");
  expect(outcomes.length).toBeGreaterThan(1);
  await expect.poll(async () => (await group.master()).port).toBe(replica.port);
  expect(await client.get("mcp:key")).toBe("value");
  expect(reasons).toContain("ECONNREFUSED");
});

it("finds every node of a cluster, and goes on when a master is killed", async () => {
  const cluster = await until(startCluster({ password: secret }));
  const REDIS_CLUSTER = listOf(cluster.nodes.slice(0, 2));
  const client = await open({ REDIS_CLUSTER, REDIS_PASSWORD: secret });
  const keys = Array.from({ length: 30 }, (_, index) => `mcp:{${index}}`);
  await Promise.all(keys.map((key) => expectToWork(client, key)));
  await (await cluster.masterOf("mcp:key")).kill();
  await outcomesUntilWell(client);
  await Promise.all(keys.map((key) => expectToWork(client, key)));
});

it("speaks TLS to sentinels and to what they name", async () => {
  const group = await until(startSentinels({ tls: true }));
  await expectToWork(
    await open({
      REDIS_SENTINELS: listOf(group.sentinels),
      REDIS_TLS: "true",
      REDIS_TLS_CA_FILE: await fileWith(group.ca ?? ""),
    }),
  );
});

it("speaks TLS to every node of a cluster, by the name that the certificate has", async () => {
  const cluster = await until(startCluster({ tls: true, replicas: 0, password: secret }));
  const ports = cluster.nodes.map(({ port }) => port);
  const client = await open({
    REDIS_CLUSTER: ports.map((port) => `localhost:${port}`).join(","),
    REDIS_PASSWORD: secret,
    REDIS_TLS: "true",
    REDIS_TLS_CA_FILE: await fileWith(cluster.ca ?? ""),
  });
  await Promise.all(["a", "b", "c"].map((key) => expectToWork(client, key)));
});

it.each([
  ["ECONNREFUSED", "Redis at 127.0.0.1:1", { REDIS_URL: `redis://:${secret}@127.0.0.1:1` }],
  [
    "CLOSED",
    'Redis "mymaster" of the sentinels at 127.0.0.1:1, 127.0.0.1:2',
    { REDIS_SENTINELS: "127.0.0.1:1, 127.0.0.1:2", REDIS_SENTINEL_PASSWORD: secret },
  ],
  [
    "CLOSED",
    "Redis Cluster at 127.0.0.1:1",
    { REDIS_CLUSTER: "127.0.0.1:1", REDIS_PASSWORD: secret },
  ],
])("says %s when %s cannot be reached, and no password", async (reason, name, env) => {
  const error: unknown = await open(env, { openTimeoutMs: 300 }).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({
    code: "redis-unreachable",
    reason,
    message: expect.stringMatching(new RegExp(`^${name} cannot be reached .*REDIS_`)),
  });
  expect(JSON.stringify(error) + String(error)).not.toContain(secret);
});

it("gives up on a Redis that accepts the connection and says nothing", async () => {
  const redis = await until(startRedis());
  await redis.pause();
  const opening = open({ REDIS_URL: redis.url }, { openTimeoutMs: 500, commandTimeoutMs: 100 });
  await expect(opening).rejects.toMatchObject({ code: "redis-unreachable", reason: "TIMEOUT" });
});

it("makes no more attempts when it has given up", async () => {
  let attempts = 0;
  const server = createServer((socket) => {
    attempts += 1;
    socket.destroy();
  }).listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  const opening = open({ REDIS_URL: `redis://127.0.0.1:${port}` }, { openTimeoutMs: 300 });
  await expect(opening).rejects.toMatchObject({ code: "redis-unreachable" });
  expect(attempts).toBeGreaterThan(0);
  attempts = 0;
  await delay(600);
  expect(attempts).toBe(0);
});

it("waits for a Redis that is still on its way", async () => {
  const redis = await until(startRedis());
  await redis.kill();
  const opening = open({ REDIS_URL: redis.url }, { openTimeoutMs: 20_000 });
  await redis.restart();
  await expectToWork(await opening);
});

it.each([
  ["WRONGPASS", { REDIS_PASSWORD: `${secret}-wrong` }],
  ["NOAUTH", {}],
])("does not try twice when the login fails (%s)", async (reason, login) => {
  const { url } = await until(startRedis({ args: ["--requirepass", secret] }));
  const forever = { openTimeoutMs: 2 ** 30 };
  const error: unknown = await open({ REDIS_URL: url, ...login }, forever).catch((e: unknown) => e);
  expect(error).toMatchObject({ code: "redis-refused", reason });
  expect(JSON.stringify(error) + String(error)).not.toContain(secret);
});

it("does not open a database that the server has not", async () => {
  const { url } = await until(startRedis());
  const opening = open({ REDIS_URL: `${url}/99` }, { openTimeoutMs: 2 ** 30 });
  await expect(opening).rejects.toMatchObject({ code: "redis-refused", reason: "ERR" });
});

it("says which setting holds the password that the sentinels or the nodes refuse", async () => {
  const { host, port } = await until(startRedis({ args: ["--requirepass", secret] }));
  const place = `${host}:${port}`;
  await expect(open({ REDIS_SENTINELS: place, REDIS_PASSWORD: secret })).rejects.toMatchObject({
    code: "redis-refused",
    message: expect.stringContaining("REDIS_SENTINEL_PASSWORD"),
  });
  await expect(open({ REDIS_CLUSTER: place, REDIS_PASSWORD: "x" })).rejects.toMatchObject({
    code: "redis-refused",
    message: expect.stringContaining("REDIS_PASSWORD"),
  });
});

it("fails commands at once while Redis is down, and works when it is back", async () => {
  const redis = await until(startRedis());
  const reasons: string[] = [];
  const client = await open(
    { REDIS_URL: redis.url },
    { commandTimeoutMs: 600_000, onError: (reason) => reasons.push(reason) },
  );
  await redis.kill();
  await expect.poll(() => reasons).toEqual(["ECONNREFUSED"]);
  // With ten minutes to time out, whoever waited would not come to the end of this test.
  await expect(client.get("mcp:key")).rejects.toThrow("isn't writeable");
  await redis.restart();
  await outcomesUntilWell(client);
});

it("tells a reason once an outage, and once a minute in a long one", async () => {
  const redis = await until(startRedis());
  const reasons: string[] = [];
  let now = 0;
  const client = await open(
    { REDIS_URL: redis.url },
    { onError: (reason) => reasons.push(reason), now: () => now, random: () => 0 },
  );
  const attempts = vi.fn<() => void>();
  client.on("connecting", attempts);
  await redis.kill();
  await expect.poll(() => attempts.mock.calls.length).toBeGreaterThan(3);
  expect(reasons).toEqual(["ECONNREFUSED"]);
  now = 59_999;
  attempts.mockClear();
  await expect.poll(() => attempts.mock.calls.length).toBeGreaterThan(1);
  expect(reasons).toEqual(["ECONNREFUSED"]);
  now = 60_000;
  await expect.poll(() => reasons).toEqual(["ECONNREFUSED", "ECONNREFUSED"]);

  await redis.restart();
  await outcomesUntilWell(client);
  await redis.kill();
  await expect.poll(() => reasons.length).toBe(3);
});

it("fails the commands that were on their way when the connection broke, and sends none twice", async () => {
  const redis = await until(startRedis({ args: ["--appendonly", "yes"] }));
  const proxy = await until(startProxy(redis.port));
  const client = await open({ REDIS_URL: `redis://127.0.0.1:${proxy.port}` });
  proxy.swallow();
  const lost = client.incr("mcp:count");
  proxy.reset();
  await expect(lost).rejects.toThrow("max retries");
  proxy.heal();
  await outcomesUntilWell(client);
  expect(await client.get("mcp:count")).toBeNull();
});

it("notices a connection that is half open, and replaces it", async () => {
  const redis = await until(startRedis());
  const proxy = await until(startProxy(redis.port));
  const reasons: string[] = [];
  const client = await open(
    { REDIS_URL: `redis://127.0.0.1:${proxy.port}` },
    { commandTimeoutMs: 100, onError: (reason) => reasons.push(reason) },
  );
  proxy.swallow();
  await expect(client.get("mcp:key")).rejects.toThrow("timed out");
  await expect.poll(() => reasons).toContain("SILENT");
  proxy.heal();
  await outcomesUntilWell(client);
});

it("times out on a frozen Redis, and works when it goes on", async () => {
  const redis = await until(startRedis());
  const client = await open({ REDIS_URL: redis.url }, { commandTimeoutMs: 100 });
  await redis.pause();
  await expect(client.get("mcp:key")).rejects.toThrow("timed out");
  await redis.resume();
  await outcomesUntilWell(client);
});

it("takes an answer that lies ready, however late this process comes to read it", async () => {
  const redis = await until(startRedis());
  const client = await open({ REDIS_URL: redis.url }, { commandTimeoutMs: 100 });
  const connection = await client.client("ID");
  const answers = [client.get("mcp:key"), client.pipeline().get("mcp:key").exec()];
  holdUp(400);
  expect(await Promise.all(answers)).toEqual([null, [[null, null]]]);
  expect(await client.client("ID")).toBe(connection);
});

it("takes such an answer of a node of a cluster, too", async () => {
  const cluster = await until(startCluster({ replicas: 0 }));
  const client = await open({ REDIS_CLUSTER: listOf(cluster.nodes) }, { commandTimeoutMs: 100 });
  const answers = ["a", "b", "c"].map((key) => client.get(key));
  holdUp(400);
  expect(await Promise.all(answers)).toEqual([null, null, null]);
});

it("leaves a server that was demoted", async () => {
  const redis = await until(startRedis());
  const client = await open({ REDIS_URL: redis.url });
  const first = await client.client("ID");
  await client.replicaof("127.0.0.1", 1);
  await expect(client.set("mcp:key", "value")).rejects.toThrow("READONLY");
  await expect.poll(async () => client.client("ID").catch(() => first)).not.toBe(first);
});

it("stops trying when it is closed", async () => {
  const redis = await until(startRedis());
  const client = await open({ REDIS_URL: redis.url });
  await redis.kill();
  await expect.poll(() => client.status).toBe("reconnecting");
  const connecting = vi.fn<() => void>();
  client.on("connecting", connecting);
  closeRedis(client);
  await delay(600);
  expect(connecting).not.toHaveBeenCalled();
});
