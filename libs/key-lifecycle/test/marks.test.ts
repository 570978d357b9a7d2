import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { startRedis } from "@pr-review/redis-rig";
import { Redis } from "ioredis";
import { describe, expect, it, onTestFinished } from "vitest";

import { FileMarks } from "../src/file.ts";
import { claimMs, type Marks } from "../src/marks.ts";
import { MemoryMarks } from "../src/memory-marks.ts";
import { RedisMarks } from "../src/redis/redis-marks.ts";
import { dayMs, startClock } from "./rig.ts";

async function openFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "pr-review-marks-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function openRedis() {
  const server = await startRedis();
  onTestFinished(() => server.stop());
  const redis = new Redis(server.url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    lazyConnect: true,
    retryStrategy: () => 20,
  });
  redis.on("error", () => undefined);
  onTestFinished(() => redis.disconnect());
  await redis.connect();
  return { server, redis };
}

const backends: Readonly<Record<string, (now: () => number) => Promise<Marks>>> = {
  memory: async (now) => new MemoryMarks({ now }),
  file: async (now) => FileMarks.open(join(await openFolder(), "warned.json"), { now }),
  Redis: async (now) => new RedisMarks((await openRedis()).redis, { prefix: "t:", now }),
};

describe.each(Object.entries(backends))("marks in %s", (_name, open) => {
  it("gives each thing to one of many claimants", async () => {
    const marks = await open(startClock().now);
    const claims = await Promise.all([1, 2, 3, 4].map(() => marks.claim(["a", "b", "c"])));
    expect(claims.flatMap((each) => [...each]).toSorted()).toEqual(["a", "b", "c"]);
    expect(await marks.claim(["c", "d"])).toEqual(new Set(["d"]));
  });

  it("frees what is released, and not what is kept", async () => {
    const clock = startClock();
    const marks = await open(clock.now);
    await marks.claim(["a", "b"]);
    await marks.keep([{ id: "a", until: clock.time + dayMs }]);
    await marks.release(["b"]);
    expect(await marks.claim(["a", "b"])).toEqual(new Set(["b"]));
  });

  it("takes nothing at all, and a thousand at once", async () => {
    const clock = startClock();
    const marks = await open(clock.now);
    expect((await marks.claim([])).size).toBe(0);
    const ids = Array.from({ length: 1_000 }, (_, index) => `id ${index}`);
    expect((await marks.claim(ids)).size).toBe(1_000);
    await marks.keep(ids.map((id) => ({ id, until: clock.time + dayMs })));
    expect((await marks.claim(ids)).size).toBe(0);
  });
});

describe("marks of one process", () => {
  it("forget a claim after a while, and a mark when its time is over", async () => {
    const clock = startClock();
    const marks = new MemoryMarks({ now: clock.now });
    await marks.claim(["a", "b"]);
    await marks.keep([{ id: "b", until: clock.time + dayMs }]);
    clock.time += claimMs;
    expect(await marks.claim(["a", "b"])).toEqual(new Set(["a"]));
    clock.time += dayMs - claimMs;
    expect(await marks.claim(["b"])).toEqual(new Set(["b"]));
  });
});

describe("marks in a file", () => {
  it("survive a restart when they were kept, not when they were claimed", async () => {
    const clock = startClock();
    const path = join(await openFolder(), "warned.json");
    const before = await FileMarks.open(path, { now: clock.now });
    await before.claim(["kept", "claimed"]);
    await before.keep([{ id: "kept", until: clock.time + dayMs }]);
    const after = await FileMarks.open(path, { now: clock.now });
    expect(await after.claim(["kept", "claimed"])).toEqual(new Set(["claimed"]));
  });

  it("are for their owner's eyes, and hold no more than they must", async () => {
    const clock = startClock();
    const path = join(await openFolder(), "warned.json");
    const marks = await FileMarks.open(path, { now: clock.now });
    await Promise.all(["a", "b", "c"].map((id) => marks.keep([{ id, until: clock.time + dayMs }])));
    expect(Object.keys(JSON.parse(await readFile(path, "utf8")))).toEqual(["a", "b", "c"]);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    clock.time += dayMs;
    await marks.keep([{ id: "d", until: clock.time + dayMs }]);
    expect(Object.keys(JSON.parse(await readFile(path, "utf8")))).toEqual(["d"]);
  });

  it.each(["", "{", "[]", '{"a":"b"}', "null"])(
    "begin anew, and say so, after %j",
    async (text) => {
      const path = join(await openFolder(), "warned.json");
      await writeFile(path, text);
      let damaged = 0;
      const marks = await FileMarks.open(path, { onDamaged: () => (damaged += 1) });
      expect(damaged).toBe(1);
      await marks.keep([{ id: "a", until: Date.now() + dayMs }]);
      expect(await (await FileMarks.open(path)).claim(["a"])).toEqual(new Set());
    },
  );

  it("say when they cannot be written, and can be once the folder is back", async () => {
    const folder = await openFolder();
    const marks = await FileMarks.open(join(folder, "warned.json"));
    await rm(folder, { recursive: true });
    const mark = { id: "a", until: Date.now() + dayMs };
    const error = { code: "marks-unavailable", reason: "ENOENT" };
    await expect(marks.keep([mark])).rejects.toMatchObject(error);
    await mkdir(folder);
    await marks.keep([mark]);
  });
});

describe("marks in Redis", () => {
  it("are shared, and forgotten by Redis itself", async () => {
    const clock = startClock();
    const { redis } = await openRedis();
    const [one, other] = [1, 2].map(() => new RedisMarks(redis, { prefix: "t:", now: clock.now }));
    await one?.claim(["a", "b"]);
    await one?.keep([{ id: "b", until: clock.time + 30 * dayMs }]);
    expect(await other?.claim(["a", "b"])).toEqual(new Set());
    const left = async (id: string) => redis.pttl(`t:lifecycle:mark:${id}`);
    expect(await left("a")).toBeLessThanOrEqual(claimMs);
    expect(await left("a")).toBeGreaterThan(claimMs - 60_000);
    expect(await left("b")).toBeGreaterThan(30 * dayMs - 60_000);
  });

  it("say why Redis cannot be asked, and nothing else", async () => {
    const { redis, server } = await openRedis();
    const marks = new RedisMarks(redis, { prefix: "t:" });
    await server.kill();
    for (const work of [
      marks.claim(["canary"]),
      marks.keep([{ id: "canary", until: Date.now() }]),
      marks.release(["canary"]),
    ]) {
      const error = await work.then(
        () => undefined,
        (reason: unknown) => reason,
      );
      expect(error).toMatchObject({ code: "marks-unavailable" });
      expect(JSON.stringify(error) + String(error)).not.toContain("canary");
    }
  });
});
