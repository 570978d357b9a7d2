import { bundle, run } from "@pr-review/program-rig";
import { startRedis } from "@pr-review/redis-rig";
import { Redis } from "ioredis";
import { expect, it } from "vitest";
import { z } from "zod";

import { RedisAuditStorage } from "../src/redis.ts";
import { contentOf, logOn } from "./contract/fixtures.ts";

const processes = 4;
const count = 1_000;
const actorOf = z.looseObject({ actor: z.string() });

it("is one chain of 4,000 records when four processes add 1,000 each at once", async () => {
  const writer = await bundle(new URL("redis-writer.ts", import.meta.url));
  const server = await startRedis();
  const redis = new Redis(server.url);
  try {
    const numbers = [server.port, processes, count].map(String);
    const work = async () => {
      const { lines, ended } = run(writer, numbers);
      await ended;
      return z.array(z.number()).parse(JSON.parse(lines.join("")));
    };
    const seqs = await Promise.all(Array.from({ length: processes }, work));
    for (const each of seqs) expect(each).toHaveLength(count);
    const all = seqs.flat().toSorted((a, b) => a - b);
    expect(all).toEqual(Array.from({ length: processes * count }, (_, i) => i + 1));

    const storage = new RedisAuditStorage(redis);
    expect(await logOn(storage).verify()).toMatchObject({
      ok: true,
      records: 4_000,
      from: 1,
      to: 4_000,
    });
    // Else they wrote one after the other, and this proves little.
    const { lines } = await contentOf(storage);
    const actors = lines.map((line) => actorOf.parse(JSON.parse(line)).actor);
    const changes = actors.filter((actor, i) => i > 0 && actor !== actors[i - 1]);
    expect(new Set(actors).size).toBeGreaterThan(1);
    expect(changes.length).toBeGreaterThan(10);
  } finally {
    redis.disconnect();
    await server.stop();
    await writer.remove();
  }
}, 120_000);
