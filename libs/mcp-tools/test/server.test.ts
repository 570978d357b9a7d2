import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { InMemoryTransport } from "@modelcontextprotocol/server";
import { encode } from "gpt-tokenizer/encoding/o200k_base";
import { expect, it, onTestFinished } from "vitest";
import { z } from "zod";

import { defineTool, tools } from "../src/index.ts";
import { createMcpServerFactory, type ToolCallReport } from "../src/server.ts";
import { harness, limits, prUrl } from "./harness.ts";

const broken = defineTool({
  name: "broken",
  title: "Broken",
  description: "Fails as no tool may.",
  input: z.object({}),
  output: z.object({}),
  run: () => Promise.reject(new Error("secret ghp_inside /etc/passwd")),
});
const slow = defineTool({
  name: "slow",
  title: "Slow",
  description: "Works until it is stopped.",
  input: z.object({}),
  output: z.object({}),
  run: (_args, _context, { signal }) =>
    new Promise((_resolve, reject) => {
      signal?.addEventListener("abort", () => reject(signal.reason as Error));
    }),
});

const writing = defineTool({
  name: "writing",
  title: "Writing",
  description: "Would change something.",
  requiredScopes: ["comments:write"],
  input: z.object({}),
  output: z.object({}),
  run: () => Promise.resolve({ structured: {}, texts: ["written"] }),
});

async function connected({
  deadlineMs = 60_000,
  scopes,
}: { readonly deadlineMs?: number; readonly scopes?: readonly string[] } = {}) {
  const { context, double } = await harness({ limits: { ...limits, deadlineMs }, scopes });
  const reports: ToolCallReport[] = [];
  const factory = createMcpServerFactory({
    tools: [...tools, broken, slow, writing],
    version: "1.2.3",
    contextFor: () => context,
    onCall: (report) => reports.push(report),
  });
  const server = await factory({ era: "legacy" });
  const [a, b] = InMemoryTransport.createLinkedPair();
  const client = new Client({ name: "test", version: "0" });
  await Promise.all([server.connect(a), client.connect(b)]);
  onTestFinished(() => client.close());
  return { client, double, reports };
}

it("names itself and lists the tools in order, read-only and with both schemas", async () => {
  const { client } = await connected();
  expect(client.getServerVersion()).toMatchObject({ name: "github_pr_review", version: "1.2.3" });
  expect(client.getServerCapabilities()?.tools).toEqual({ listChanged: false });
  const { tools: listed } = await client.listTools();
  expect(listed.slice(0, 5).map(({ name }) => name)).toEqual([
    "fetch_pr_review_comments",
    "get_review_threads",
    "resolve_open_pr_url",
    "whoami",
    "check_access",
  ]);
  for (const tool of listed.slice(0, 5)) {
    expect(tool.annotations).toMatchObject({ readOnlyHint: true });
    expect(tool.inputSchema).toMatchObject({ type: "object", additionalProperties: false });
    expect(tool.outputSchema).toMatchObject({ type: "object" });
  }
});

it("costs a model at most 1,500 tokens for at most 8 tools", async () => {
  const { client } = await connected();
  const listed = (await client.listTools()).tools.slice(0, tools.length);
  expect(tools.length).toBeLessThanOrEqual(8);
  expect(encode(JSON.stringify(listed)).length).toBeLessThanOrEqual(1_500);
});

it("answers a call with text and with data that fits the schema it announced", async () => {
  const { client, reports } = await connected();
  await client.listTools();
  const result = await client.callTool({
    name: "fetch_pr_review_comments",
    arguments: { pr_url: prUrl },
  });
  expect(result.isError).toBeUndefined();
  expect(result.structuredContent).toMatchObject({
    receipt: { complete: true, threads: { total: 9 } },
  });
  expect(reports).toMatchObject([{ tool: "fetch_pr_review_comments", outcome: "ok" }]);
});

it.each([
  [{ pr_url: "nonsense" }, "invalid-pr-url", "Invalid PR URL format."],
  [{ pr_url: "https://evil.tld/a/b/pull/1" }, "host-not-allowed", "does not talk to that host"],
  [{ pr_url: "https://github.com/acme/widgets/pull/999" }, "not-found", "no such pull request"],
  [{ per_page: 0 }, "invalid-arguments", "Invalid value for per_page"],
])("makes %j an error the model can read, with a code (W5)", async (args, code, text) => {
  const { client, reports } = await connected();
  await client.listTools();
  const result = await client.callTool({ name: "fetch_pr_review_comments", arguments: args });
  expect(result).toMatchObject({
    isError: true,
    content: [{ type: "text", text: expect.stringContaining(text) }],
    _meta: { error: { code } },
  });
  expect(reports).toMatchObject([{ outcome: code }]);
});

it("passes GitHub's wait on", async () => {
  const { client, double } = await connected();
  double.fail({ kind: "status", status: 429, headers: { "retry-after": "7" } });
  const result = await client.callTool({
    name: "fetch_pr_review_comments",
    arguments: { pr_url: prUrl },
  });
  expect(result["_meta"]).toEqual({ error: { code: "github-rate-limited", retry_after: 7 } });
});

it("keeps the words of an unexpected error to the log", async () => {
  const { client, reports } = await connected();
  const result = await client.callTool({ name: "broken" });
  expect(result).toMatchObject({ isError: true, _meta: { error: { code: "internal-error" } } });
  expect(JSON.stringify(result)).not.toMatch(/secret|ghp_|passwd/);
  expect(reports[0]?.cause).toBeInstanceOf(Error);
});

it("ends a call at its deadline", async () => {
  const { client } = await connected({ deadlineMs: 50 });
  const result = await client.callTool({ name: "slow" });
  expect(result).toMatchObject({ isError: true, _meta: { error: { code: "deadline-exceeded" } } });
});

it("refuses an unknown tool as the specification says", async () => {
  const { client } = await connected();
  await expect(client.callTool({ name: "nope" })).rejects.toMatchObject({ code: -32_602 });
});

it("refuses a tool to a caller without its scope, and says which it is", async () => {
  const { client, double, reports } = await connected({ scopes: ["comments:write"] });
  const call = { name: "fetch_pr_review_comments", arguments: { pr_url: prUrl } };
  expect(await client.callTool(call)).toMatchObject({
    isError: true,
    content: [{ text: expect.stringContaining("comments:read") }],
    _meta: { error: { code: "insufficient-scope", scope: "comments:read" } },
  });
  expect(await client.callTool({ name: "writing" })).toMatchObject({
    content: [{ text: "written" }],
  });
  expect(reports.map(({ outcome }) => outcome)).toEqual(["insufficient-scope", "ok"]);
  expect(double.requests).toEqual([]);
});

it("lets a caller whose scopes nobody limits use every tool", async () => {
  const { client } = await connected();
  expect((await client.callTool({ name: "writing" })).isError).toBeUndefined();
});

it("blames a caller, not itself, for parameters of a wrong shape", async () => {
  const { client } = await connected();
  const wrong = { method: "tools/list" as const, params: { cursor: 7 } };
  const answer = client.request(JSON.parse(JSON.stringify(wrong)), z.object({}));
  await expect(answer).rejects.toMatchObject({
    code: -32_602,
    message: expect.stringContaining("The parameters of tools/list have a wrong shape."),
  });
});

it("tells a caller who asks how far it is", async () => {
  const { client } = await connected();
  const ticks: number[] = [];
  const call = { name: "fetch_pr_review_comments", arguments: { pr_url: prUrl } };
  await client.callTool(call, undefined, { onprogress: ({ progress }) => ticks.push(progress) });
  expect(ticks).toEqual([9]);
});
