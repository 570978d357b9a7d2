import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { Client as OldClient } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport as OldTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { expect, it, onTestFinished } from "vitest";

import { type Harness, harness, json, prUrl } from "./harness.ts";

const call = { name: "fetch_pr_review_comments", arguments: { pr_url: prUrl } };
const clientInfo = { name: "test", version: "0" };

const address = ({ url }: Harness) => new URL("/mcp", url);
const withKey = (key: string) => ({ requestInit: { headers: { authorization: `Bearer ${key}` } } });

type Mode = "auto" | "legacy" | { readonly pin: string };

async function modern(server: Harness, key = server.key, mode: Mode = "auto") {
  const client = new Client(clientInfo, { versionNegotiation: { mode } });
  await client.connect(new StreamableHTTPClientTransport(address(server), withKey(key)));
  onTestFinished(() => client.close());
  return client;
}

async function old(server: Harness, key = server.key) {
  const client = new OldClient(clientInfo);
  await client.connect(new OldTransport(address(server), withKey(key)));
  onTestFinished(() => client.close());
  return client;
}

it("serves the 2026 era asked for or found out, the 2025 era of the new client, and the old client, with the same answer", async () => {
  const server = await harness();
  const results = await Promise.all([
    modern(server).then((client) => client.callTool(call)),
    modern(server, server.key, { pin: "2026-07-28" }).then((client) => client.callTool(call)),
    modern(server, server.key, "legacy").then((client) => client.callTool(call)),
    old(server).then((client) => client.callTool(call)),
  ]);
  for (const result of results) {
    expect(result.isError).toBeUndefined();
    expect(result.structuredContent).toMatchObject({
      receipt: { complete: true, threads: { total: 9 } },
    });
    expect(result.content).toEqual(results[0].content);
  }
  expect(server.double.problems).toEqual([]);
});

it("lists the same tools in both eras", async () => {
  const server = await harness();
  const clients = [await modern(server), await old(server)];
  for (const client of clients) {
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual([
      "fetch_pr_review_comments",
      "get_review_threads",
      "resolve_open_pr_url",
      "whoami",
      "check_access",
    ]);
  }
});

it.each([
  [{ pr_url: "nonsense" }, "invalid-pr-url"],
  [{ pr_url: prUrl, colour: "red" }, "invalid-arguments"],
  [{}, "repository-required"],
])("answers %j as an error of the tool: %s", async (args, code) => {
  const server = await harness();
  const client = await modern(server);
  const result = await client.callTool({ ...call, arguments: args });
  expect(result).toMatchObject({ isError: true, _meta: { error: { code } } });
});

it("never sees a checkout of the server's own machine (W15)", async () => {
  const client = await old(await harness());
  const result = await client.callTool({ name: "resolve_open_pr_url", arguments: {} });
  expect(result).toMatchObject({
    isError: true,
    _meta: { error: { code: "repository-required" } },
  });
});

it("turns a wrong key away before any MCP is spoken", async () => {
  const server = await harness();
  await expect(modern(server, "mcp_wrong")).rejects.toThrow(/not valid|401|Unauthorized/);
  await expect(old(server, "mcp_wrong")).rejects.toThrow(/not valid|401/);
  expect(server.double.requests).toEqual([]);
});

it("refuses bad JSON, a wrong type and a huge body in JSON-RPC", async () => {
  const { post } = await harness();
  const accept = "application/json, text/event-stream";
  const bad = await post("/mcp", "{", { accept });
  expect([bad.status, (await json(bad)).error.code]).toEqual([400, -32_700]);
  const wrong = await post("/mcp", "{}", { accept, "content-type": "text/plain" });
  expect(wrong.status).toBe(415);
  const huge = await post("/mcp", JSON.stringify({ x: "x".repeat(1024 * 1024) }), { accept });
  expect(huge.status).toBe(413);
});

it("answers two clients that use one request id each with its own answer (W3)", async () => {
  const server = await harness({ github: { latencyMs: () => 20 } });
  const body = (url: string) => ({
    jsonrpc: "2.0",
    id: 7,
    method: "tools/call",
    params: { ...call, arguments: { pr_url: url } },
  });
  const headers = {
    accept: "application/json, text/event-stream",
    "mcp-protocol-version": "2025-11-25",
  };
  const [good, missing] = await Promise.all([
    server.post("/mcp", body(prUrl), headers).then((response) => response.text()),
    server
      .post("/mcp", body("https://github.com/acme/widgets/pull/99"), headers)
      .then((response) => response.text()),
  ]);
  expect(good).toContain('"complete":true');
  expect(missing).toContain('"not-found"');
});
