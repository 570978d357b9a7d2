import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { afterEach, expect, onTestFinished, test, vi } from "vitest";

import { freePort } from "../src/free-port.ts";
import { type RedisProcess, type StartOptions, startRedis } from "../src/index.ts";
import { ping } from "../src/ping.ts";
import { command } from "./command.ts";

// The first test on a machine may have to fetch Redis.
vi.setConfig({ testTimeout: 60_000 });

const running: RedisProcess[] = [];

async function start(options?: StartOptions): Promise<RedisProcess> {
  const redis = await startRedis(options);
  running.push(redis);
  return redis;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

afterEach(async () => {
  await Promise.all(running.splice(0).map(async (redis) => redis.stop()));
});

test("starts a server that answers on the address it gives", async () => {
  const redis = await start();
  expect(redis.url).toBe(`redis://127.0.0.1:${redis.port}`);
  expect(await command(redis.port, "PING")).toBe("+PONG");
  expect(await ping(redis.port)).toEqual({ pid: redis.pid });
});

test("gives each of two servers its own port and its own data", async () => {
  const [one, two] = await Promise.all([start(), start()]);
  expect(one.port).not.toBe(two.port);
  expect(await command(one.port, "SET key one")).toBe("+OK");
  expect(await command(two.port, "EXISTS key")).toBe(":0");
});

test("keeps the port but not the data over a restart", async () => {
  const redis = await start();
  const { port, pid } = redis;
  await command(port, "SET key value");
  await redis.restart();
  expect(redis.port).toBe(port);
  expect(redis.pid).not.toBe(pid);
  expect(await command(port, "EXISTS key")).toBe(":0");
});

test("keeps the data over a restart when its arguments ask for that", async () => {
  const redis = await start({ args: ["--appendonly", "yes"] });
  await command(redis.port, "SET key value");
  await redis.restart();
  expect(await command(redis.port, "EXISTS key")).toBe(":1");
});

test("ends the server on kill, and a restart brings it back", async () => {
  const redis = await start();
  const { pid } = redis;
  await redis.kill();
  expect(isAlive(pid)).toBe(false);
  expect(await ping(redis.port)).toBeUndefined();
  await redis.restart();
  expect(await command(redis.port, "PING")).toBe("+PONG");
});

test("passes on a milder signal, even while the server is frozen", async () => {
  const redis = await start();
  await redis.pause();
  await redis.kill("SIGTERM");
  expect(isAlive(redis.pid)).toBe(false);
});

test("answers nothing while paused and goes on when resumed", async () => {
  const redis = await start();
  await redis.pause();
  expect(await ping(redis.port)).toBeUndefined();
  await redis.resume();
  expect(await ping(redis.port)).toEqual({ pid: redis.pid });
});

test("counts a server that wants a password first as started", async () => {
  const redis = await start({ args: ["--requirepass", "open-sesame"] });
  expect(await command(redis.port, "PING")).toMatch(/^-NOAUTH/);
});

test("says what the server said when it ends before it is ready", async () => {
  await expect(start({ args: ["--no-such-setting", "1"] })).rejects.toMatchObject({
    code: "redis-died",
    message: expect.stringContaining("no-such-setting"),
  });
});

test("takes another port when the first is taken by a server that is not Redis", async () => {
  const squatter = createServer((socket) => socket.destroy()).listen(0, "127.0.0.1");
  onTestFinished(() => void squatter.close());
  await once(squatter, "listening");
  const address = squatter.address();
  const taken = typeof address === "object" && address !== null ? address.port : 0;
  await expectAnotherPortThan(taken);
});

test("takes another port when the first is taken by another Redis", async () => {
  await expectAnotherPortThan((await start()).port);
});

async function expectAnotherPortThan(taken: number): Promise<void> {
  const offers = [taken, await freePort()];
  const redis = await start({ choosePort: async () => offers.shift() ?? freePort() });
  expect(redis.port).not.toBe(taken);
  expect(offers).toEqual([]);
  expect(await ping(redis.port)).toEqual({ pid: redis.pid });
}

test("stops twice without complaint, and refuses to restart after that", async () => {
  const redis = await start();
  await redis.stop();
  await redis.stop();
  expect(isAlive(redis.pid)).toBe(false);
  await expect(redis.restart()).rejects.toMatchObject({ code: "redis-stopped" });
});

// tsx keeps files of its own there too.
function redisFolders(folder: string): readonly string[] {
  return readdirSync(folder).filter((name) => name.startsWith("pr-review-redis-"));
}

test.each(["exit", "SIGTERM", "SIGKILL"])(
  "leaves no server and no folder when its process ends by %s",
  async (how) => {
    const folder = mkdtempSync(join(tmpdir(), "pr-review-redis-test-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const owner = spawn(
      process.execPath,
      ["--import", "tsx", fileURLToPath(new URL("owner.ts", import.meta.url)), how],
      { env: { ...process.env, TMPDIR: folder }, stdio: ["ignore", "pipe", "inherit"] },
    );
    const [line] = await once(owner.stdout, "data");
    const [pid, port] = JSON.parse(String(line)) as [number, number];
    // Should the promise be broken, nothing is left behind all the same.
    onTestFinished(() => {
      owner.kill("SIGKILL");
      if (isAlive(pid)) process.kill(pid, "SIGKILL");
    });
    if (how !== "exit") owner.kill(how as NodeJS.Signals);
    await once(owner, "exit");
    await expect.poll(async () => ping(port), { timeout: 20_000 }).toBeUndefined();
    await expect.poll(() => redisFolders(folder), { timeout: 20_000 }).toEqual([]);
  },
);
