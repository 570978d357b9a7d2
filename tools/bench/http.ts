import { execFile } from "node:child_process";
import { availableParallelism, loadavg } from "node:os";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { startRemoteDouble } from "./double-client.ts";
import { type Contender, LoadClient } from "./http-load-client.ts";
import { rawRequest } from "./http-messages.ts";
import { type OurServer, startOurs } from "./http-ours.ts";
import { startPeers } from "./http-peers.ts";
import { startServer } from "./http-server-process.ts";
import { median, type Row } from "./rows.ts";

/** Fewer on a machine that is too busy for more, whose figures say little anyway. */
const rounds = { most: 7, least: 3, withinMs: 180_000 };
/** By when what is run often has been compiled, as it is in a server that has run for a minute. */
const warmUp = { count: 20_000, withinMs: 12_000 };
const perRound = { count: 2_000, withinMs: 4_000 };

/** A server to ask, and how to end it. */
type Stoppable = Contender & { readonly stop: () => Promise<void> };

/** CPU microseconds a request costs its server, beside the least there is and beside what others need. */
export async function httpBench(): Promise<readonly Row[]> {
  const stops: (() => Promise<void>)[] = [];
  const kept = <T extends { stop(): Promise<void> }>(started: T): T => {
    stops.push(async () => started.stop());
    return started;
  };
  try {
    await promisify(execFile)("npx", ["nx", "build", "http-server"]);
    // One thread of one comment: an answer of about 2 kB.
    const double = kept(await startRemoteDouble({ LATENCY_MS: "0", THREADS: "1" }));
    const on = kept(await startOurs(double, { hotPath: "on" }));
    const off = kept(await startOurs(double, { hotPath: "off" }));
    const raw = kept(await startBaseline("raw", on));
    const express = kept(await startBaseline("express", on));
    const peers = (await startPeers()).map(kept);
    const modern = on.mcp("modern");
    const legacy = on.mcp("legacy");
    const slow = [off.mcp("modern"), off.mcp("legacy")];
    const all = [raw, express, on.rest, modern, legacy, ...slow, ...peers];
    const costs = await measure(all, kept(new LoadClient()));
    return rowsOf(costs, { all, raw, express, rest: on.rest, mcp: [modern, legacy], peers });
  } finally {
    await Promise.all(stops.map(async (stop) => stop()));
  }
}

async function startBaseline(kind: "raw" | "express", { answer }: OurServer): Promise<Stoppable> {
  const script = fileURLToPath(new URL("http-baseline.ts", import.meta.url));
  const { pid, port, stop } = await startServer({
    args: (at) => [...process.execArgv, script, kind, String(at), JSON.stringify(answer)],
  });
  const body = { pr_url: "https://github.com/acme/widgets/pull/7" };
  const requests = [rawRequest({ path: "/api/fetch-comments", body })];
  const name = kind === "raw" ? "node:http alone" : "express 5 with its JSON parser";
  return { name, pid, port, requests, stop };
}

/** The costs of each in every round, in which all take their turn. */
type Costs = ReadonlyMap<Contender, readonly number[]>;

async function measure(all: readonly Contender[], client: LoadClient): Promise<Costs> {
  const costs = new Map(all.map((each): [Contender, number[]] => [each, []]));
  for (const each of all) await client.cost(each, warmUp);
  const end = performance.now() + rounds.withinMs;
  for (let round = 0; round < rounds.most; round += 1) {
    if (round >= rounds.least && performance.now() > end) break;
    for (const [each, measured] of costs) measured.push(await client.cost(each, perRound));
  }
  return costs;
}

interface Roles {
  readonly all: readonly Contender[];
  readonly raw: Contender;
  readonly express: Contender;
  readonly rest: Contender;
  readonly mcp: readonly Contender[];
  readonly peers: readonly Contender[];
}

function rowsOf(costs: Costs, { all, raw, express, rest, mcp, peers }: Roles): readonly Row[] {
  const cost = (each: Contender) => median(costs.get(each) ?? []);
  const ratio = (one: Contender, other: Contender) => {
    const others = costs.get(other) ?? [];
    return median(
      (costs.get(one) ?? []).map((each, round) => each / (others[round] ?? Number.NaN)),
    );
  };
  const best = peers.reduce((one, other) => (cost(other) < cost(one) ? other : one));
  const [load = Number.NaN] = loadavg();
  return [
    {
      what: "load of the machine, the bench's own 2 or less",
      measured: load,
      unit: `on ${availableParallelism()} CPUs`,
    },
    ...all.map((each) => ({ what: each.name, measured: cost(each), unit: "us" })),
    ...all.map((each) => ({
      what: `${each.name}, over ${raw.name}`,
      measured: ratio(each, raw),
      unit: "x",
    })),
    { what: "REST over express", measured: 100 * ratio(rest, express), unit: "%", atMost: 130 },
    ...mcp.map((each) => ({
      what: `${each.name}, over the best peer (${best.name})`,
      measured: 100 * ratio(each, best),
      unit: "%",
      atMost: 33.3,
    })),
  ];
}
