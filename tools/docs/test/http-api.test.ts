import { randomBytes } from "node:crypto";

import { createAdminGate, plainAdminToken } from "@pr-review/auth";
import type { GitHubPool } from "@pr-review/github-comments";
import { demoTokens, type GitHubDouble, startGitHubDouble } from "@pr-review/github-double";
import { githubPool, hostTable } from "@pr-review/mcp-tools";
import { Keyring } from "@pr-review/token-store";
import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";

import { createApp } from "../../../apps/http-server/src/app.ts";
import { openBackends } from "../../../apps/http-server/src/backends/open.ts";
import { createCallerContext } from "../../../apps/http-server/src/caller.ts";
import { loadConfig } from "../../../apps/http-server/src/config.ts";
import { Metrics } from "../../../apps/http-server/src/metrics.ts";
import { problems } from "../../../apps/http-server/src/problems.ts";
import { serve, stop } from "../../../apps/http-server/src/serve.ts";
import { Markdown } from "../markdown.ts";
import { read } from "../workspace.ts";

const page = new Markdown(await read("docs/http-api.md"));
const comments = "POST /api/fetch-comments";
const adminToken = randomBytes(32).toString("base64url");
const noon = Date.parse("2026-03-06T12:00:00Z");
let github: GitHubDouble;
let pool: GitHubPool;
let running: Awaited<ReturnType<typeof serve>>;
let key: string;

beforeAll(async () => {
  github = await startGitHubDouble({ now: () => noon });
  const { restUrl: GITHUB_API_URL, graphqlUrl: GITHUB_GRAPHQL_URL } = github;
  const config = loadConfig({ GITHUB_API_URL, GITHUB_GRAPHQL_URL });
  const hosts = hostTable(config);
  pool = githubPool(config, "1.0.0");
  const log = pino({ level: "silent" });
  const metrics = new Metrics();
  const keyring = Keyring.of(randomBytes(32));
  const inMemory = { ...config, MCP_DATA_DIR: undefined };
  const backends = await openBackends(inMemory, { keyring, log, metrics });
  const grant = { githubToken: demoTokens.alice, githubHost: "github.com" };
  ({ key } = await backends.tokens.issue(grant));
  const app = createApp({
    ...backends,
    metrics,
    admin: createAdminGate([plainAdminToken(adminToken)]),
    hosts,
    contextFor: createCallerContext(config, { hosts, pool, cursorKeys: [randomBytes(32)] }),
    log,
    allowedOrigins: [],
  });
  running = await serve(app, { host: "127.0.0.1", port: 0 });
});

afterAll(async () => {
  await stop(running.server, 0);
  await pool.close();
  await github.close();
});

/** The body of the page's example call. */
function exampleBody(): string {
  const [, body = ""] = /--json '(.+)'/.exec(page.blockUnder(comments, "sh")) ?? [];
  return body;
}

async function post(path: string, body: string): Promise<unknown> {
  const headers = { "Content-Type": "application/json", Authorization: `Bearer ${key}` };
  const response = await fetch(running.url + path, { method: "POST", headers, body });
  return response.json();
}

test("the table of error codes is the table of the server", () => {
  const rows = Object.entries(problems).map(([code, { status, title }]) => [
    code,
    String(status),
    title,
  ]);
  expect(page.tableUnder("Error codes").map((row) => row.slice(0, 3))).toEqual(rows);
});

test.each(page.tableUnder("Endpoints"))(
  "the server has %s with %s",
  async (endpoint, credential) => {
    const [method = "", path = ""] = endpoint.split(" ");
    const token = credential === "an API key" ? key : adminToken;
    const response = await fetch(running.url + path, {
      method,
      headers: { "Content-Type": "application/json", Authorization: `Bearer ${token}` },
      ...(method === "POST" && { body: "{}" }),
    });
    expect(await response.text()).not.toContain("no-such-route");
    expect(response.status).not.toBe(401);
  },
);

test("the example of fetch-comments is what it answers", async () => {
  const shown: unknown = JSON.parse(page.blockUnder(comments, "json"));
  const answer = await post("/api/fetch-comments", exampleBody());
  expect(answer).toMatchObject(Object(shown));
  expect(page.tableUnder(comments).map(([field]) => field)).toEqual(Object.keys(Object(answer)));
});
