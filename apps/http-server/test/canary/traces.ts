import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { inspect } from "node:util";

import type { RedisProcess } from "@pr-review/redis-rig";
import { Redis } from "ioredis";
import { onTestFinished, vi } from "vitest";

/** Somebody with the password of a Redis, who sees all it is told and all it keeps. */
export interface RedisWitness {
  /** Commands as they arrived, in the words of MONITOR. */
  readonly told: readonly string[];
  readonly call: (...words: readonly [string, ...string[]]) => Promise<unknown>;
  /** Every key with its value, the log of slow commands, and all files of its folder after a SAVE. */
  readonly dump: () => Promise<readonly string[]>;
  readonly close: () => void;
}

/** Begins to watch a Redis. */
export async function watchRedis(
  { host, port }: RedisProcess,
  password: string,
): Promise<RedisWitness> {
  const options = { host, port, password, protocol: 2 } as const;
  const redis = new Redis(options);
  // Whoever else speaks while it begins to listen confuses the client: let this one be ready first.
  await redis.ping();
  const monitor = await redis.monitor();
  for (const client of [redis, monitor]) client.on("error", () => undefined);
  const told: string[] = [];
  monitor.on(
    "monitor",
    (_time: string, words: readonly string[]) => void told.push(words.join("\n")),
  );
  const call = async (command: string, ...words: string[]) => redis.call(command, ...words);
  return {
    told,
    call,
    dump: async () => {
      const names = await redis.keys("*");
      const values = await Promise.all(names.map((name) => readValue(redis, name)));
      const slow = JSON.stringify(await redis.call("SLOWLOG", "GET", "-1"));
      await redis.call("SAVE");
      const [, folder = ""] = await redis.config("GET", "dir");
      return [...names, ...values, slow, ...(await readFolder(folder))];
    },
    close: () => {
      redis.disconnect();
      monitor.disconnect();
    },
  };
}

/** Every file below a folder, read as it is. */
export async function readFolder(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return Promise.all(
    // A file that is there for a moment only may be gone again.
    files.map(({ parentPath, name }) => readFile(join(parentPath, name), "latin1").catch(() => "")),
  );
}

const readers: Readonly<Record<string, readonly [string, ...string[]]>> = {
  hash: ["HGETALL"],
  string: ["GET"],
  zset: ["ZRANGE", "0", "-1", "WITHSCORES"],
  set: ["SMEMBERS"],
  list: ["LRANGE", "0", "-1"],
  stream: ["XRANGE", "-", "+"],
};

async function readValue(redis: Redis, key: string): Promise<string> {
  const reader = readers[await redis.type(key)];
  if (reader === undefined) throw new Error(`no reader for the key ${key}`);
  const [command, ...range] = reader;
  return JSON.stringify(await redis.call(command, key, ...range));
}

/** What this process writes past the logger, until the test ends. */
export function watchOutput(): readonly string[] {
  const written: string[] = [];
  const note = (...values: unknown[]) => {
    written.push(inspect(values, { depth: null }));
    return true;
  };
  const streams = [process.stdout, process.stderr].map((stream) =>
    vi.spyOn(stream, "write").mockImplementation(note),
  );
  const methods = (["log", "info", "warn", "error", "debug", "trace"] as const).map((method) =>
    vi.spyOn(console, method).mockImplementation(note),
  );
  process.on("warning", note);
  onTestFinished(() => {
    process.off("warning", note);
    for (const spy of [...streams, ...methods]) spy.mockRestore();
  });
  return written;
}
