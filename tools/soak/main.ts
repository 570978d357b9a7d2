/**
 * `tsx -C @pr-review/source tools/soak/main.ts [minutes] [requests per second]`: one built server with
 * 10,000 keys, 1,000 idle streams and steady load, and then slow clients beside a healthy one; prints
 * what it took, and fails if an aim was missed.
 */
import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

import { demoTokens, generateSeed, startGitHubDouble } from "@pr-review/github-double";

import { copyProgram, startInstance } from "../rolling/instance.ts";
import { fillKeys } from "./fill-keys.ts";
import { besideHalfOpen, type Window } from "./half-open.ts";
import { load } from "./load.ts";
import { growthOf, sampleMemory } from "./memory.ts";
import { processorTimeOf, since } from "./processor.ts";
import { printFigures } from "./report.ts";
import { startToReady } from "./start-to-ready.ts";
import { openStreams } from "./streams.ts";

const [minutes = 5, perSecond = 500] = process.argv.slice(2).map(Number);
const users = 100;

const seed = generateSeed({ threads: 1 });
const githubTokens = Array.from({ length: users }, (_, user) => {
  // As long as a real one, and another for each user.
  const token = demoTokens.alice.slice(0, -4) + `${user}`.padStart(4, "0");
  seed.tokens[token] = { login: `user-${user}`, repositories: "all", limit: 1_000_000 };
  return token;
});
const github = await startGitHubDouble({ seed });
const [folder, dataFolder] = await Promise.all([copyProgram(), mkdtemp(join(tmpdir(), "soak-"))]);
const settings = {
  // As the images and `npm start` set it.
  NODE_OPTIONS: "--max-old-space-size=256",
  MCP_SECRET_KEY: randomBytes(32).toString("base64"),
  MCP_ADMIN_TOKEN: randomBytes(32).toString("base64"),
  MCP_DATA_DIR: dataFolder,
  RATE_LIMIT_REQUESTS_PER_MINUTE: "10000",
  GITHUB_API_URL: github.restUrl,
  GITHUB_GRAPHQL_URL: github.graphqlUrl,
};

const keys = await fillKeys(settings, { count: 10_000, githubTokens });
const starts = await startToReady(folder, settings);
const server = await startInstance(folder, settings);
const streams = await openStreams(server.url, keys.slice(0, 1_000));
const memory = sampleMemory(server.pid);
const atFirst = processorTimeOf(server.pid);
const signal = AbortSignal.timeout(minutes * 60_000);
const soaked = await load({ url: server.url, keys, perSecond, signal });
const processor = since(atFirst, processorTimeOf(server.pid));
memory.stop();
const dropped = streams.dropped();
const comments = streams.comments();
// Their keep-alive comments come every 15 seconds, and would so be in some windows and not in others.
streams.close();
await wait(2_000);
// A tenth more than there are to be: it takes a moment to put another in the place of one that is gone.
const slow = await besideHalfOpen({ server, keys: keys.slice(0, 1), connections: 2_200 });
const { code } = await server.end();
await github.close();
await Promise.all([rm(folder, { recursive: true }), rm(dataFolder, { recursive: true })]);

const { alone, beside, leastOpen, goneAfterMs } = slow;
const inWindows = [...alone, ...beside].map((window) => window.load);
const failures = [soaked, ...inWindows].map(({ failures: each }) => each);
const failed = failures.flatMap((each) => [...each.values()]).reduce((sum, many) => sum + many, 0);
for (const each of failures) if (each.size > 0) console.log(Object.fromEntries(each));
console.log(`starts: ${starts.map(Math.round).join(", ")} ms`);
console.log(`${soaked.requests} requests, ${comments} keep-alive comments, exit code ${code}`);
console.log(
  `the server used ${round(processor.usedMs / soaked.requests)} ms of a processor for each, and ` +
    `waited for one ${round(processor.waitedMs / minutes / 600)} % of the time: other work here`,
);
console.log(`alone:  ${alone.map(told).join("; ")}`);
console.log(`beside: ${beside.map(told).join("; ")}`);
const areReached = printFigures([
  { what: "start to ready, median", value: medianOf(starts), unit: "ms", atMost: 700 },
  { what: "RSS, highest", value: Math.max(...memory.megabytes), unit: "MB", atMost: 250 },
  { what: "RSS, growth from 2nd to last fifth", value: growthOf(memory.megabytes), unit: "MB" },
  { what: "answers under load, p50", value: soaked.p50Ms, unit: "ms" },
  { what: "answers under load, p99", value: soaked.p99Ms, unit: "ms" },
  { what: "streams dropped", value: dropped, atMost: 0 },
  { what: "requests failed", value: failed, atMost: 0 },
  { what: "half-open connections, fewest in a window", value: leastOpen },
  { what: "of 2,000 these lack", value: Math.max(0, 2_000 - leastOpen), atMost: 0 },
  { what: "healthy client alone, median of p99", value: p99Of(alone), unit: "ms" },
  { what: "healthy client beside half-open, median of p99", value: p99Of(beside), unit: "ms" },
  { what: "ratio of these", value: p99Of(beside) / p99Of(alone), atMost: 1.5 },
  {
    what: "half-open connections gone after",
    value: inSeconds(goneAfterMs),
    unit: "s",
    atMost: 15,
  },
]);
process.exitCode = areReached && code === 0 ? 0 : 1;

function told({ load: met, processor: { usedMs, waitedMs } }: Window): string {
  const had = `server used ${usedMs} ms, waited ${Math.round(waitedMs)}`;
  return `p50 ${round(met.p50Ms)}, p99 ${round(met.p99Ms)} ms of ${met.requests} (${had})`;
}

function p99Of(windows: readonly Window[]): number {
  return medianOf(windows.map((window) => window.load.p99Ms));
}

function medianOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

function inSeconds(ms: number | undefined): number | undefined {
  return ms === undefined ? undefined : ms / 1e3;
}
