import { randomBytes } from "node:crypto";

import { demoTokens, type GitHubDouble, startGitHubDouble } from "@pr-review/github-double";
import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";

import { openBackends } from "../../../apps/http-server/src/backends/open.ts";
import { loadConfig } from "../../../apps/http-server/src/config.ts";
import { Metrics } from "../../../apps/http-server/src/metrics.ts";
import { problems } from "../../../apps/http-server/src/problems.ts";
import { keyringOf } from "../../../apps/http-server/src/secrets/settings.ts";
import { connectionLimits } from "../../../apps/http-server/src/serve/limits.ts";
import { refusals } from "../../../apps/http-server/src/serve/refusals.ts";
import { type Running, start } from "../../../apps/http-server/src/start.ts";
import { Markdown } from "../markdown.ts";
import { read } from "../workspace.ts";

const page = new Markdown(await read("docs/http-api.md"));
const comments = "POST /api/fetch-comments";
const adminToken = randomBytes(32).toString("base64url");
const noon = Date.parse("2026-03-06T12:00:00Z");
let github: GitHubDouble;
let running: Running;
let key: string;

beforeAll(async () => {
  github = await startGitHubDouble({ now: () => noon });
  const { restUrl: GITHUB_API_URL, graphqlUrl: GITHUB_GRAPHQL_URL } = github;
  const settings = loadConfig({ GITHUB_API_URL, GITHUB_GRAPHQL_URL, MCP_PORT: "0" });
  const config = { ...settings, MCP_DATA_DIR: undefined };
  const log = pino({ level: "silent" });
  const metrics = new Metrics();
  const secrets = {
    MCP_SECRET_KEY: randomBytes(32).toString("base64"),
    MCP_ADMIN_TOKEN: adminToken,
  };
  const backends = await openBackends(config, { keyring: keyringOf(secrets), log, metrics });
  const grant = { githubToken: demoTokens.alice, githubHost: "github.com" };
  ({ key } = await backends.tokens.issue(grant));
  running = await start({ config, secrets, backends, log, metrics });
});

afterAll(async () => {
  await running.close();
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

test("the table of answers before there is a request is that of the connections, with their limits", () => {
  const rows = Object.entries(refusals).map(([status, { code }]) => [code, status]);
  const table = page.tableUnder("Before there is a request");
  expect(table.map((row) => row.slice(0, 2))).toEqual(rows);
  const { headersTimeoutMs, requestTimeoutMs, maxHeaderBytes, maxHeaders } = connectionLimits;
  const [, late = "", large = ""] = table.map(([, , when]) => when);
  expect(late).toContain(`headers take ${headersTimeoutMs / 1_000} seconds`);
  expect(late).toContain(`the whole of it takes ${requestTimeoutMs / 1_000}`);
  expect(large).toContain(
    `more than ${maxHeaderBytes / 1_024} KiB, or there are more than ${maxHeaders}`,
  );
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
    expect(response.status).not.toBe(401);
    const isStream = response.headers.get("content-type") === "text/event-stream";
    if (isStream) await response.body?.cancel();
    const answer = isStream ? "a stream" : await response.text();
    expect(answer).not.toContain('"code":"no-such-route"');
  },
);

test("the example of fetch-comments is what it answers", async () => {
  const shown: unknown = JSON.parse(page.blockUnder(comments, "json"));
  const answer = await post("/api/fetch-comments", exampleBody());
  expect(answer).toMatchObject(Object(shown));
  expect(page.tableUnder(comments).map(([field]) => field)).toEqual(Object.keys(Object(answer)));
});
