import { randomBytes } from "node:crypto";

import { createAdminGate } from "@pr-review/auth";
import { hostTable } from "@pr-review/mcp-tools";
import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";

import { createApp } from "../../../apps/http-server/src/app.ts";
import { openBackends } from "../../../apps/http-server/src/backends.ts";
import { createCallerContext } from "../../../apps/http-server/src/caller.ts";
import { loadConfig } from "../../../apps/http-server/src/config.ts";
import { problems } from "../../../apps/http-server/src/problems.ts";
import { serve, stop } from "../../../apps/http-server/src/serve.ts";
import { Markdown } from "../markdown.ts";
import { read } from "../workspace.ts";

const page = new Markdown(await read("docs/http-api.md"));
const adminToken = randomBytes(32).toString("base64url");
let running: Awaited<ReturnType<typeof serve>>;
let key: string;

beforeAll(async () => {
  const config = loadConfig({});
  const backends = openBackends(config, randomBytes(32).toString("hex"));
  const grant = { githubToken: "ghp_documented", githubHost: "github.com" };
  ({ key } = await backends.tokens.issue(grant));
  const app = createApp({
    ...backends,
    admin: createAdminGate(adminToken),
    hosts: hostTable(config),
    contextFor: createCallerContext(config),
    log: pino({ level: "silent" }),
    allowedOrigins: [],
  });
  running = await serve(app, { host: "127.0.0.1", port: 0 });
});

afterAll(() => stop(running.server, 0));

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
    const tokens = new Map([
      ["the admin token", adminToken],
      ["an API key", key],
    ]);
    const token = tokens.get(credential);
    const response = await fetch(running.url + path, {
      method,
      headers: { "Content-Type": "application/json", Authorization: `Bearer ${token}` },
      ...(method === "POST" && { body: "{}" }),
    });
    expect(await response.text()).not.toContain("no-such-route");
    expect(response.status).not.toBe(401);
  },
);
