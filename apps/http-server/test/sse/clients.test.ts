import { Client, SSEClientTransport } from "@modelcontextprotocol/client";
import { Client as OldClient } from "@modelcontextprotocol/sdk/client/index.js";
import { SSEClientTransport as OldTransport } from "@modelcontextprotocol/sdk/client/sse.js";
import { startGitHubDouble } from "@pr-review/github-double";
import { expect, it, onTestFinished } from "vitest";

import { call, idOf, sseRig, type SseRig } from "./rig.ts";

const clientInfo = { name: "test", version: "0" };
const withKey = (key: string) => ({ requestInit: { headers: { authorization: `Bearer ${key}` } } });

async function old({ url }: SseRig, key: string): Promise<OldClient> {
  const client = new OldClient(clientInfo);
  await client.connect(new OldTransport(new URL("/sse", url), withKey(key)));
  onTestFinished(() => client.close());
  return client;
}

async function current({ url }: SseRig, key: string): Promise<Client> {
  const client = new Client(clientInfo);
  await client.connect(new SSEClientTransport(new URL("/sse", url), withKey(key)));
  onTestFinished(() => client.close());
  return client;
}

/** A GitHub that keeps everybody waiting longer than a test may take: what ends before, was told to. */
async function slowGitHub() {
  const double = await startGitHubDouble({ latencyMs: () => 20_000 });
  onTestFinished(() => double.close());
  return double;
}

it.each([
  ["the v1 client", old],
  ["the v2 client", current],
])("lists the tools and calls one for %s", async (_, connect) => {
  const rig = await sseRig();
  const key = await rig.issue();
  const client = await connect(rig, key);
  const { tools } = await client.listTools();
  expect(tools.map(({ name }) => name)).toContain("fetch_pr_review_comments");
  const result = await client.callTool(call);
  expect(result.isError).toBeUndefined();
  expect(result.structuredContent).toMatchObject({ receipt: { complete: true } });
  expect(rig.outcomes).toEqual([{ outcome: "ok", keyId: idOf(key) }]);
  expect(rig.double.problems).toEqual([]);
});

it("cancels the tool when the client cancels the call", async () => {
  const rig = await sseRig({ double: await slowGitHub() });
  const client = await old(rig, await rig.issue());
  const cancelled = new AbortController();
  const result = client.callTool(call, undefined, { signal: cancelled.signal });
  await expect.poll(() => rig.double.requests.length).toBeGreaterThan(0);
  cancelled.abort();
  await expect(result).rejects.toThrow(/abort/i);
  await expect.poll(() => rig.outcomes.length).toBe(1);
  expect(rig.outcomes[0]?.outcome).not.toBe("ok");
  expect(rig.sse.activeStreams()).toBe(1);
});

it("cancels the tool and frees the stream when the client goes", async () => {
  const rig = await sseRig({ double: await slowGitHub() });
  const client = await current(rig, await rig.issue());
  const result = client.callTool(call);
  result.catch(() => undefined);
  await expect.poll(() => rig.double.requests.length).toBeGreaterThan(0);
  expect(rig.sse.activeStreams()).toBe(1);
  await client.close();
  await expect.poll(() => rig.outcomes.length).toBe(1);
  expect(rig.outcomes[0]?.outcome).not.toBe("ok");
  await expect.poll(() => rig.sse.activeStreams()).toBe(0);
});

it("acts for each key by its own stream", async () => {
  const rig = await sseRig();
  const keys = [await rig.issue(), await rig.issue()];
  await rig.backends.tokens.update(idOf(keys[1] ?? ""), { allowedRepos: ["acme/gears"] });
  const clients = await Promise.all(keys.map((key) => old(rig, key)));
  const results = await Promise.all(clients.map((client) => client.callTool(call)));
  expect(results.map(({ isError }) => isError)).toEqual([undefined, true]);
  expect(results[1]).toMatchObject({ _meta: { error: { code: "repository-not-allowed" } } });
});

it("does what the key may do now, not when the stream was opened", async () => {
  const rig = await sseRig();
  const key = await rig.issue();
  const client = await current(rig, key);
  await client.callTool(call);
  await rig.backends.tokens.update(idOf(key), { allowedRepos: ["acme/gears"] });
  expect(await client.callTool(call)).toMatchObject({
    _meta: { error: { code: "repository-not-allowed" } },
  });
});

it("sends nothing to GitHub for ids of threads before the key's repositories are heeded", async () => {
  const rig = await sseRig();
  const key = await rig.issue();
  await rig.backends.tokens.update(idOf(key), { allowedRepos: ["acme/gears"] });
  const client = await old(rig, key);
  const codes = [];
  for (const more of [{}, { pr_url: "acme/widgets#7" }]) {
    const args = { thread_ids: ["PRRT_widgets_7_1"], ...more };
    const { _meta } = await client.callTool({ name: "get_review_threads", arguments: args });
    codes.push(_meta?.["error"]);
  }
  expect(codes).toEqual([{ code: "repository-required" }, { code: "repository-not-allowed" }]);
  expect(rig.double.requests).toEqual([]);
});
