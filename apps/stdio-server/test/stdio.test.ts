import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";

import { Client } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { Client as OldClient } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport as OldTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import {
  demoSeed,
  demoTokens,
  type GitHubDouble,
  startGitHubDouble,
} from "@pr-review/github-double";
import { expect, it, onTestFinished } from "vitest";

const main = join(import.meta.dirname, "../dist/main.mjs");
const call = {
  name: "fetch_pr_review_comments",
  arguments: { pr_url: "https://github.com/acme/widgets/pull/7" },
};

async function setting(): Promise<{
  double: GitHubDouble;
  env: Record<string, string>;
  cwd: string;
}> {
  const double = await startGitHubDouble({ seed: demoSeed() });
  const cwd = mkdtempSync(join(tmpdir(), "stdio-test-"));
  onTestFinished(async () => {
    rmSync(cwd, { recursive: true });
    await double.close();
  });
  const env = {
    PATH: process.env["PATH"] ?? "",
    GITHUB_TOKEN: demoTokens.alice,
    GITHUB_API_URL: double.restUrl,
    GITHUB_GRAPHQL_URL: double.graphqlUrl,
  };
  return { double, env, cwd };
}

const run = (env: Record<string, string>, cwd: string) => ({
  command: process.execPath,
  args: [main],
  env,
  cwd,
  stderr: "ignore" as const,
});

async function connect(env: Record<string, string>, cwd: string, mode: "auto" | "legacy" = "auto") {
  const client = new Client({ name: "test", version: "0" }, { versionNegotiation: { mode } });
  await client.connect(new StdioClientTransport(run(env, cwd)));
  onTestFinished(() => client.close());
  return client;
}

it("answers clients of both eras, new and old, alike", async () => {
  const { double, env, cwd } = await setting();
  const old = new OldClient({ name: "test", version: "0" });
  await old.connect(new OldTransport(run(env, cwd)));
  onTestFinished(() => old.close());
  const results = [
    await (await connect(env, cwd)).callTool(call),
    await (await connect(env, cwd, "legacy")).callTool(call),
    await old.callTool(call),
  ];
  for (const result of results) {
    expect(result.structuredContent).toMatchObject({
      receipt: { complete: true, threads: { total: 9 } },
    });
    expect(result.content).toEqual(results[0]?.content);
  }
  expect(double.problems).toEqual([]);
});

it("finds the pull request of the checkout it is started in", async () => {
  const { double, env, cwd } = await setting();
  const prs = double.seed.repositories.flatMap(({ pullRequests }) => pullRequests);
  const branch = prs.find(({ number }) => number === 7)?.headRefName ?? "";
  execFileSync("git", ["init", "-q", "-b", branch], { cwd });
  execFileSync("git", ["remote", "add", "origin", "git@github.com:acme/widgets.git"], { cwd });
  const client = await connect(env, cwd);
  const url = await client.callTool({ name: "resolve_open_pr_url", arguments: {} });
  expect(url.content).toEqual([{ type: "text", text: "https://github.com/acme/widgets/pull/7" }]);
  const comments = await client.callTool({ name: call.name, arguments: {} });
  expect(comments.structuredContent).toMatchObject({ receipt: { threads: { total: 9 } } });
});

it("takes settings from .env in its folder, where the environment has none", async () => {
  const { env, cwd } = await setting();
  const { GITHUB_TOKEN, GITHUB_API_URL, ...rest } = env;
  writeFileSync(
    join(cwd, ".env"),
    `GITHUB_TOKEN=${GITHUB_TOKEN}\nGITHUB_API_URL=${GITHUB_API_URL}\nGITHUB_GRAPHQL_URL=http://127.0.0.1:1/\n`,
  );
  const result = await (await connect(rest, cwd)).callTool(call);
  expect(result.isError).toBeUndefined();
});

it("starts without a token, and says what is missing when a tool is called", async () => {
  const { env, cwd } = await setting();
  const { GITHUB_TOKEN: _, ...rest } = env;
  const result = await (await connect(rest, cwd)).callTool(call);
  expect(result).toMatchObject({
    isError: true,
    content: [{ text: expect.stringContaining("set GITHUB_TOKEN") }],
    _meta: { error: { code: "missing-token" } },
  });
});

it("writes nothing but the protocol to standard output, and logs to standard error (W20)", async () => {
  const { env, cwd } = await setting();
  const server = spawn(process.execPath, [main], { env: { ...env, LOG_LEVEL: "trace" }, cwd });
  const output = text(server.stdout);
  const logged = text(server.stderr);
  const send = (message: object) =>
    server.stdin.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`);
  send({
    id: 1,
    method: "initialize",
    params: {
      protocolVersion: "2025-06-18",
      capabilities: {},
      clientInfo: { name: "t", version: "0" },
    },
  });
  send({ method: "notifications/initialized" });
  send({ id: 2, method: "tools/call", params: call });
  await new Promise<void>((resolve) =>
    server.stdout.on("data", (chunk: Buffer) => chunk.includes('"id":2') && resolve()),
  );
  server.stdin.end();
  expect((await once(server, "exit"))[0]).toBe(0);
  const messages = (await output)
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as { jsonrpc: string });
  expect(messages.every(({ jsonrpc }) => jsonrpc === "2.0")).toBe(true);
  expect(await logged).toContain('"tool":"fetch_pr_review_comments"');
  expect(await logged).not.toContain(demoTokens.alice);
});

it("refuses settings it cannot use, each named in one line, with exit code 78", async () => {
  const { cwd } = await setting();
  const env = { HTTP_TIMEOUT: "ages", GITHUB_API_URL: "http://ghe.corp" };
  const server = spawn(process.execPath, [main], { env, cwd });
  const said = text(server.stderr);
  expect((await once(server, "exit"))[0]).toBe(78);
  expect((await said).split("\n")).toEqual([
    expect.stringMatching(/^error: GITHUB_API_URL: expected https/),
    expect.stringMatching(/^error: HTTP_TIMEOUT: /),
    "",
  ]);
});
