import { randomBytes } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";

import { startCluster, startRedis, startSentinels } from "@pr-review/redis-rig";
import { Keyring } from "@pr-review/token-store";
import { pino } from "pino";

import type { Backends } from "../../apps/http-server/src/backends/backends.ts";
import { openBackends } from "../../apps/http-server/src/backends/open.ts";
import { loadConfig } from "../../apps/http-server/src/config.ts";
import { Metrics } from "../../apps/http-server/src/metrics.ts";
import type { Row } from "./rows.ts";

/** What a caller feels of a Redis that dies, hangs or fails over, and how long until all is well. */
export async function outageBench(): Promise<readonly Row[]> {
  return [...(await restart()), ...(await hang()), ...(await failover()), ...(await cluster())];
}

async function restart(): Promise<readonly Row[]> {
  const redis = await startRedis();
  return underWatch(redis, { REDIS_URL: redis.url }, async (watch) => {
    await redis.kill();
    await wait(3_000);
    await redis.restart();
    const back = await watch.deciding();
    const what = "Redis dead for 3 s";
    return [
      slowest(what, watch),
      { what: `${what}: back in use after`, ...ms(back), atMost: 1_000 },
    ];
  });
}

async function hang(): Promise<readonly Row[]> {
  const redis = await startRedis();
  return underWatch(redis, { REDIS_URL: redis.url }, async (watch) => {
    await redis.pause();
    await wait(5_000);
    await redis.resume();
    await watch.deciding();
    const { times } = watch;
    const what = "Redis hung for 5 s";
    const slow = times.filter((time) => time > 50).length;
    return [slowest(what, watch), { what: `${what}: checks over 50 ms`, measured: slow, unit: "" }];
  });
}

async function failover(): Promise<readonly Row[]> {
  const rig = await startSentinels({ downAfterMs: 1_000 });
  const REDIS_SENTINELS = rig.sentinels.map(({ port }) => `127.0.0.1:${port}`).join();
  return underWatch(rig, { REDIS_SENTINELS, REDIS_SENTINEL_NAME: rig.name }, async (watch) => {
    await (await rig.master()).kill();
    const what = "Sentinel failover";
    const written = { ...ms(await watch.writing()), atMost: 5_000 };
    return [slowest(what, watch), { what: `${what}: writes again after`, ...written }];
  });
}

async function cluster(): Promise<readonly Row[]> {
  const rig = await startCluster({ nodeTimeoutMs: 5_000 });
  const REDIS_CLUSTER = rig.nodes.map(({ port }) => `127.0.0.1:${port}`).join();
  return underWatch(rig, { REDIS_CLUSTER }, async (watch) => {
    await (await rig.masterOf("mcp:{watched}:rl1:60000")).kill();
    await wait(1_000);
    const what = "Cluster master killed";
    const back = { ...ms((await watch.deciding()) + 1_000), atMost: 15_000 };
    return [slowest(what, watch), { what: `${what}: back in use after`, ...back }];
  });
}

/** A caller who checks the limit of one key every few milliseconds. */
interface Watch {
  /** What each check took, in ms. */
  readonly times: readonly number[];
  /** Ms until Redis decides again. */
  deciding(): Promise<number>;
  /** Ms until a new key is acknowledged. */
  writing(): Promise<number>;
}

async function underWatch(
  rig: { stop(): Promise<void> },
  env: Record<string, string>,
  fault: (watch: Watch) => Promise<readonly Row[]>,
): Promise<readonly Row[]> {
  const config = loadConfig({ RATE_LIMIT_REQUESTS_PER_MINUTE: "10000", ...env });
  const services = { log: pino({ level: "silent" }), metrics: new Metrics() };
  const keyring = Keyring.of(randomBytes(32));
  const backends = await openBackends(config, { keyring, ...services });
  const times: number[] = [];
  const over = new AbortController();
  const caller = checkUntil(over.signal, backends, times);
  try {
    return await fault({
      times,
      deciding: () => until(async () => (await check(backends)).isDegraded !== true),
      writing: () =>
        until(async () => {
          await backends.tokens.issue({ githubToken: "ghp_bench", githubHost: "github.com" });
          return true;
        }),
    });
  } finally {
    over.abort();
    await caller;
    await backends.close();
    await rig.stop();
  }
}

async function checkUntil(signal: AbortSignal, backends: Backends, times: number[]): Promise<void> {
  while (!signal.aborted) {
    const started = performance.now();
    await check(backends);
    times.push(performance.now() - started);
    await wait(5);
  }
}

async function check({ limiter, versionField }: Backends): Promise<{ isDegraded?: true }> {
  const companion = versionField?.("watched");
  if (limiter === undefined || companion === undefined) throw new Error("There is no Redis here.");
  return limiter.take("watched", { companion });
}

async function until(isWell: () => Promise<boolean>): Promise<number> {
  const started = performance.now();
  while (!(await isWell().catch(() => false))) await wait(10);
  return performance.now() - started;
}

function slowest(what: string, { times }: Watch): Row {
  return { what: `${what}: slowest check`, ...ms(Math.max(...times)), atMost: 150 };
}

function ms(measured: number): Pick<Row, "measured" | "unit"> {
  return { measured, unit: "ms" };
}
