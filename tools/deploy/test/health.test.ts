import { createServer, type RequestListener, type Server } from "node:http";
import { join } from "node:path";

import { afterEach, expect, test } from "vitest";

import { workspace } from "../../docs/workspace.ts";
import { run } from "../run.ts";

const healthy: RequestListener = (req, res) => {
  res.writeHead(req.url === "/health" ? 200 : 404).end();
};
const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function listen(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, "127.0.0.1");
  servers.push(server);
  await new Promise((resolve) => server.once("listening", resolve));
  const address = server.address();
  return typeof address === "object" ? `${address?.port}` : "";
}

async function check(env: Readonly<Record<string, string>>): Promise<number> {
  const { status } = await run(process.execPath, [join(workspace, "docker/health.mjs")], { env });
  return status;
}

test("passes when the server answers on MCP_PORT", async () => {
  expect(await check({ MCP_PORT: await listen(healthy) })).toBe(0);
});

test("looks at PORT where MCP_PORT is not set, or empty", async () => {
  const port = await listen(healthy);
  expect(await check({ PORT: port })).toBe(0);
  expect(await check({ PORT: port, MCP_PORT: "" })).toBe(0);
});

test("looks at MCP_PORT before PORT, as the server does", async () => {
  const [ours, other] = [
    await listen(healthy),
    await listen((_req, res) => res.writeHead(500).end()),
  ];
  expect(await check({ MCP_PORT: ours, PORT: other })).toBe(0);
  expect(await check({ MCP_PORT: other, PORT: ours })).toBe(1);
});

test("fails when nobody answers, or not with 200", async () => {
  expect(await check({ MCP_PORT: await listen((_req, res) => res.writeHead(503).end()) })).toBe(1);
  expect(await check({ MCP_PORT: "1" })).toBe(1);
});

test("fails within five seconds when the server is stuck", async () => {
  expect(await check({ MCP_PORT: await listen(() => {}) })).toBe(1);
});
