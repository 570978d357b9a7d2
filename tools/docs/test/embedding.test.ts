import { randomBytes } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { format } from "node:util";

import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { GitHubAccess, GitHubPool, HostTable } from "@pr-review/github-comments";
import { demoTokens, type GitHubDouble, startGitHubDouble } from "@pr-review/github-double";
import { readSettings, sharedContext, tools, toolSettings } from "@pr-review/mcp-tools";
import type { McpServerOptions } from "@pr-review/mcp-tools/server";
import { type RedisProcess, startRedis } from "@pr-review/redis-rig";
import { Keyring, MemoryRecordStorage, Seal, TokenStore } from "@pr-review/token-store";
import { RedisRecordStorage } from "@pr-review/token-store/redis";
import express, { type ErrorRequestHandler, type Express, type Router } from "express";
import { Redis } from "ioredis";
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { z } from "zod";

import { serve, stop } from "../../../apps/http-server/src/serve.ts";
import { embeddings } from "../embedding.ts";
import { libraries } from "../library.ts";
import { promisedOutput } from "../promised-output.ts";
import { workspace } from "../workspace.ts";

const sections = await embeddings();
const folders = libraries.map(({ folder }) => basename(folder));
const grant = { githubToken: demoTokens.alice, githubHost: "github.com", userId: "alice" };
const coded = z.looseObject({ code: z.string() });
const answerCode: ErrorRequestHandler = (error: unknown, _req, res, _next) => {
  res.status(400).json({ code: coded.parse(error).code });
};
let folder: string;
let github: GitHubDouble;
let redis: RedisProcess;

beforeAll(async () => {
  [github, redis] = await Promise.all([startGitHubDouble(), startRedis()]);
  const cache = join(workspace, ".cache");
  await mkdir(cache, { recursive: true });
  folder = await mkdtemp(join(cache, "embedding-"));
  vi.stubEnv("GITHUB_API_URL", github.restUrl);
  vi.stubEnv("GITHUB_TOKEN", demoTokens.alice);
  vi.stubEnv("SECRET_KEY", randomBytes(32).toString("base64"));
  vi.stubEnv("DATA_DIR", join(folder, "data"));
});

beforeEach(() => {
  // The limiter's deadline: a slow machine must not look like an outage of Redis.
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
});

afterAll(async () => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  await Promise.all([github.close(), redis.stop(), rm(folder, { recursive: true, force: true })]);
});

function exampleOf(name: string): string {
  return sections.find((section) => section.name === name)?.examples.join("\n") ?? "";
}

/** Runs the example of a section, with our sources for the packages, and gives what it exports. */
async function run<Exports>(name: string): Promise<Exports> {
  const file = join(folder, `${name}.ts`);
  await writeFile(file, exampleOf(name));
  return (await import(file)) as Exports;
}

/** What an example prints when it is run. */
async function outputOf(name: string): Promise<readonly string[]> {
  const log = vi.spyOn(console, "log").mockReturnValue();
  onTestFinished(() => log.mockRestore());
  await run(name);
  return log.mock.calls.map((line) => format(...line));
}

async function listen(app: Express): Promise<string> {
  const { server, url } = await serve(app.use(answerCode), { host: "127.0.0.1", port: 0 });
  onTestFinished(async () => {
    // A grace ends by the clock.
    vi.useRealTimers();
    await stop(server, 0);
  });
  return url;
}

function connect(): Redis {
  const connection = new Redis(redis.url);
  onTestFinished(() => connection.disconnect());
  return connection;
}

function openPool(): GitHubPool {
  const pool = new GitHubPool();
  onTestFinished(() => pool.close());
  return pool;
}

const as = (key: string) => ({ headers: { Authorization: `Bearer ${key}` } });

test("there is a section for each library, and one for all of them together", () => {
  const names = sections.map(({ name }) => name);
  expect(names.toSorted()).toEqual([...folders, "Together"].toSorted());
});

test.each(sections)("$name has one example, no wider than a screen", ({ examples }) => {
  expect(examples).toHaveLength(1);
  const lines = examples.flatMap((example) => example.split("\n"));
  expect(lines.filter((line) => line.length > 100)).toEqual([]);
});

test.each(sections.filter(({ name }) => folders.includes(name)))(
  "$name is used in ten lines",
  ({ examples: [example = ""] }) => {
    const lines = example.split("\n").filter((line) => line.trim() !== "");
    expect(lines.length).toBeLessThanOrEqual(10);
  },
);

test.each(sections)("$name installs what its example imports", ({ examples, installed }) => {
  const imported = [...examples.join("\n").matchAll(/ from "((?:@[\w-]+\/)?[\w-]+)/g)];
  const packages = new Set(imported.map(([, name = ""]) => name));
  expect(installed.toSorted()).toEqual([...packages].toSorted());
});

test.each(["token-store", "github-comments", "audit-log", "usage-log", "durable"])(
  "the example of %s prints what it says",
  async (name) => {
    const promised = promisedOutput(exampleOf(name));
    expect(promised).not.toEqual([]);
    expect(await outputOf(name)).toEqual(promised);
  },
);

test("the example of rate-limiter admits ten requests to its route, and any number to others", async () => {
  type Module = { limitSearch: (app: Express, redis: Redis) => void };
  const { limitSearch } = await run<Module>("rate-limiter");
  const app = express();
  limitSearch(app, connect());
  const url = await listen(app.get("/{*path}", (_req, res) => res.send("Here you are.")));
  const admitted = [];
  for (let request = 1; request <= 10; request++) {
    admitted.push((await fetch(new URL("/search", url))).status);
  }
  expect(admitted).toEqual(Array<number>(10).fill(200));
  expect(await (await fetch(new URL("/search", url))).json()).toEqual({ code: "rate-limited" });
  expect((await fetch(new URL("/other", url))).status).toBe(200);
});

test("the example of auth tells whose key it is, and refuses whoever has none", async () => {
  const { meRoutes } = await run<{ meRoutes: (tokens: TokenStore) => Router }>("auth");
  const tokens = new TokenStore(new MemoryRecordStorage(), new Seal(Keyring.of(randomBytes(32))));
  const url = await listen(express().use(meRoutes(tokens)));
  const { key } = await tokens.issue(grant);
  const me = new URL("/me", url);
  expect(await (await fetch(me, as(key))).json()).toEqual({ user: "alice" });
  expect(await (await fetch(me)).json()).toEqual({ code: "missing-credentials" });
});

test("the example of key-lifecycle warns once by two instances, and signs what it says", async () => {
  type Target = { readonly url: string; readonly secret: string };
  type Lifecycle = { run: () => Promise<void> };
  type Module = { lookAfter: (tokens: TokenStore, redis: Redis, target: Target) => Lifecycle };
  const { lookAfter } = await run<Module>("key-lifecycle");
  const signatures: unknown[] = [];
  const receiver = express().post("/{*path}", (req, res) => {
    signatures.push(req.headers["x-pr-review-signature"]);
    res.sendStatus(204);
  });
  const target = { url: await listen(receiver), secret: "secret-of-the-webhook-0123456789" };
  const tokens = new TokenStore(new MemoryRecordStorage(), new Seal(Keyring.of(randomBytes(32))));
  await tokens.issue({ ...grant, githubTokenExpiresAt: Date.now() + 3_600_000 });
  const instances = [lookAfter(tokens, connect(), target), lookAfter(tokens, connect(), target)];
  await Promise.all(instances.map((each) => each.run()));
  expect(signatures).toEqual([expect.stringMatching(/^sha256=[0-9a-f]{64}$/)]);
});

test("the example of mcp-tools is an endpoint whose tools can be listed and called", async () => {
  type Module = { mcpRoutes: (contextFor: McpServerOptions["contextFor"]) => Router };
  const { mcpRoutes } = await run<Module>("mcp-tools");
  const hosts = new HostTable({ apiUrl: github.restUrl, graphqlUrl: github.graphqlUrl });
  const credential = { token: demoTokens.alice, host: "github.com" };
  const access = new GitHubAccess(hosts, [credential], openPool());
  const shared = sharedContext(readSettings(toolSettings, {}), randomBytes(32));
  const url = await listen(express().use(mcpRoutes(() => ({ ...shared, github: access }))));
  const client = new Client({ name: "test", version: "1.0.0" });
  await client.connect(new StreamableHTTPClientTransport(new URL("/mcp", url)));
  onTestFinished(() => client.close());
  const listed = await client.listTools();
  expect(listed.tools.map(({ name }) => name)).toEqual(tools.map(({ name }) => name));
  const answer = await client.callTool({ name: "whoami", arguments: {} });
  expect(answer.isError).not.toBe(true);
});

test("the example of all reads what a caller may see, and refuses a revoked key at once", async () => {
  type Module = { createApp: (redis: Redis, keyring: Keyring, pool: GitHubPool) => Express };
  const { createApp } = await run<Module>("Together");
  const keyring = Keyring.of(randomBytes(32));
  const url = await listen(createApp(connect(), keyring, openPool()));
  const elsewhere = new TokenStore(new RedisRecordStorage(connect()), new Seal(keyring));
  const { key, record } = await elsewhere.issue(grant);
  const comments = new URL("/comments?pr=acme/widgets%237", url);
  const answers = [await fetch(comments, as(key)), await fetch(comments, as(key))];
  expect(answers.map(({ headers }) => headers.get("x-ratelimit-remaining"))).toEqual(["59", "58"]);
  for (const answer of answers) {
    expect(await answer.text()).toMatch(/^# Pull Request Review Comments\n/);
  }
  await elsewhere.revoke(record.id);
  expect(await (await fetch(comments, as(key))).json()).toEqual({ code: "invalid-key" });
});
