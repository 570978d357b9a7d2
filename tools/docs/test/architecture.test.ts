import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { demoTokens } from "@pr-review/github-double";
import { startRedis } from "@pr-review/redis-rig";
import { Redis } from "ioredis";
import { pino } from "pino";
import { expect, onTestFinished, test } from "vitest";

import type { Backends } from "../../../apps/http-server/src/backends/backends.ts";
import { openBackends } from "../../../apps/http-server/src/backends/open.ts";
import { loadConfig } from "../../../apps/http-server/src/config.ts";
import { Metrics } from "../../../apps/http-server/src/metrics.ts";
import { provideSecrets } from "../../../apps/http-server/src/secrets/local.ts";
import { keyringOf } from "../../../apps/http-server/src/secrets/settings.ts";
import { Markdown } from "../markdown.ts";
import { read, workspace } from "../workspace.ts";

const page = new Markdown(await read("docs/architecture.md"));
/** What Redis calls them. */
const types = new Map([
  ["string", "string"],
  ["hash", "hash"],
  ["sorted set", "zset"],
  ["stream", "stream"],
]);
const session = "0d4b9b5e-6f0c-4b52-8a37-1f4c4a4f3a11";

/** Does one of everything that leaves something behind, and gives the key it was done with. */
async function leaveTraces(backends: Backends): Promise<void> {
  const { tokens, limiter, audit, usage, marks, lease, sseRelay } = backends;
  const grant = { githubToken: demoTokens.alice, githubHost: "github.com" };
  const { id } = (await tokens.issue(grant)).record;
  await limiter?.take(id);
  await audit.append({ actor: "test", action: "token.created", keyId: id, outcome: "ok" });
  usage.note({ keyId: id, tool: "whoami", outcome: "ok" });
  await usage.flush();
  await lease.take();
  await marks.keep([{ id: "log:key", until: Date.now() + 60_000 }]);
  await sseRelay?.open(session, id, () => undefined);
}

async function open(settings: Readonly<Record<string, string>>): Promise<Backends> {
  const config = loadConfig(settings);
  const keyring = keyringOf({ MCP_SECRET_KEY: randomBytes(32).toString("base64") });
  const log = pino({ level: "silent" });
  return openBackends(config, { keyring, log, metrics: new Metrics() });
}

/** A name of the page as a pattern: what differs from case to case stands for what it may be. */
function pattern(name: string): RegExp {
  const parts = name.split(/<key id>|<uuid>|<day>|<id>|2026-11-22|000001/);
  return new RegExp(`^${parts.map(escaped).join(".+")}$`);
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/** Which rows match no name, and which names match no row. */
function differences(rows: readonly string[], names: readonly string[]): readonly string[] {
  const without = (each: string) => !names.some((name) => pattern(each).test(name));
  const unknown = (name: string) => !rows.some((row) => pattern(row).test(name));
  return [...rows.filter(without), ...names.filter(unknown)];
}

test("the table of the data folder is what a server leaves there", async () => {
  const folder = await mkdtemp(join(tmpdir(), "pr-review-data-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const { MCP_SECRET_KEY = "" } = await provideSecrets({}, folder);
  const backends = await open({ MCP_SECRET_KEY, MCP_DATA_DIR: folder });
  onTestFinished(() => backends.close());
  await leaveTraces(backends);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const locks = entries.filter(({ name }) => name.startsWith("lock.")).map(({ name }) => name);
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
  const rows = page.tableUnder("In the data folder").map(([path = ""]) => path);
  expect(differences(rows, [...files, ...locks])).toEqual([]);
});

/** A connection to a Redis in which a server did everything once. */
async function redisWithTraces(): Promise<Redis> {
  const server = await startRedis();
  onTestFinished(() => server.stop());
  const backends = await open({ REDIS_URL: server.url });
  onTestFinished(() => backends.close());
  await leaveTraces(backends);
  const redis = new Redis(server.url);
  onTestFinished(() => redis.disconnect());
  return redis;
}

test("the table of Redis is what a server leaves there: names, types, and what has an end", async () => {
  const redis = await redisWithTraces();
  const names = await redis.keys("*");
  const rows = page.tableUnder("In Redis");
  const patterns = rows.map(([name = ""]) => name);
  expect(differences(patterns, names)).toEqual([]);
  for (const name of names) {
    const [, type = "", , until = ""] = rows.find(([row = ""]) => pattern(row).test(name)) ?? [];
    const isForGood = until === "—" || until === "it is deleted";
    const facts = { type: await redis.type(name), isForGood: (await redis.pttl(name)) === -1 };
    expect({ name, ...facts }).toEqual({ name, type: types.get(type), isForGood });
  }
});

test.each(page.tableUnder("The path of a comment"))(
  "the step %s is where the page says",
  (_, where = "") => {
    const places = where.split(", ").map((place) => join("libs/github-comments/src", place));
    expect(places.filter((place) => !existsSync(join(workspace, place)))).toEqual([]);
  },
);
