import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { startRedis } from "@pr-review/redis-rig";
import { Redis } from "ioredis";
import { expect, it } from "vitest";
import { z } from "zod";

import { RedisAuditStorage } from "../src/redis.ts";
import { logOn } from "./contract/fixtures.ts";

const program = fileURLToPath(new URL("redis-writer.ts", import.meta.url));
const root = fileURLToPath(new URL("../../..", import.meta.url));
const processes = 4;
const count = 1_000;

it("is one chain of 4,000 records when four processes add 1,000 each at once", async () => {
  const server = await startRedis();
  const redis = new Redis(server.url);
  try {
    const numbers = [server.port, processes, count].map(String);
    const argv = ["--import", "tsx", "-C", "@pr-review/source", program, ...numbers];
    const run = async () => {
      const { stdout } = await promisify(execFile)(process.execPath, argv, { cwd: root });
      return z.array(z.number()).parse(JSON.parse(stdout));
    };
    const seqs = await Promise.all(Array.from({ length: processes }, run));
    for (const each of seqs) expect(each).toHaveLength(count);
    const all = seqs.flat().toSorted((a, b) => a - b);
    expect(all).toEqual(Array.from({ length: processes * count }, (_, i) => i + 1));

    const log = logOn(new RedisAuditStorage(redis));
    expect(await log.verify()).toMatchObject({ ok: true, records: 4_000, from: 1, to: 4_000 });
    // Else they wrote one after the other, and this proves little.
    const actors = (await log.read({ limit: 1_000 })).map(({ actor }) => actor);
    const changes = actors.filter((actor, i) => i > 0 && actor !== actors[i - 1]);
    expect(new Set(actors).size).toBeGreaterThan(1);
    expect(changes.length).toBeGreaterThan(10);
  } finally {
    redis.disconnect();
    await server.stop();
  }
}, 120_000);
