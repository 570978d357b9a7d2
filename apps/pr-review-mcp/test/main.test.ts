import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";

import { Client } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { demoTokens, startGitHubDouble } from "@pr-review/github-double";
import { expect, it, onTestFinished } from "vitest";

const dist = join(import.meta.dirname, "../dist");

/** A folder with a copy of the program, so that it can only find what its build put there. */
function installed(): { readonly cwd: string; readonly main: string } {
  const cwd = mkdtempSync(join(tmpdir(), "front-test-"));
  onTestFinished(() => rmSync(cwd, { recursive: true }));
  cpSync(dist, join(cwd, "program"), { recursive: true });
  return { cwd, main: join(cwd, "program/main.mjs") };
}

function run(args: readonly string[], env: Record<string, string> = {}) {
  const { cwd, main } = installed();
  const options = { cwd, env: { PATH: process.env["PATH"], ...env } };
  const program = spawn(process.execPath, [main, ...args], options);
  onTestFinished(() => void program.kill("SIGKILL"));
  return program;
}

it("speaks MCP over stdio, with settings of a file before those of the environment", async () => {
  const double = await startGitHubDouble();
  onTestFinished(() => double.close());
  const { cwd, main } = installed();
  const file = join(cwd, "settings.env");
  writeFileSync(file, `GITHUB_TOKEN=${demoTokens.alice}\nGITHUB_API_URL=${double.restUrl}\n`);
  const client = new Client({ name: "test", version: "0" });
  const env = { PATH: process.env["PATH"] ?? "", GITHUB_TOKEN: "ghp_of_the_environment" };
  const args = [main, "--env-file", file];
  await client.connect(
    new StdioClientTransport({ command: process.execPath, args, env, cwd, stderr: "ignore" }),
  );
  onTestFinished(() => client.close());
  const result = await client.callTool({ name: "whoami", arguments: {} });
  expect(result.structuredContent).toMatchObject({ login: "alice" });
});

it("serves HTTP where --http says, and leaves when told", async () => {
  const server = run(["--http", "127.0.0.1:0"]);
  const lines = createInterface(server.stdout);
  const url = await new Promise<string>((resolve) => {
    lines.on("line", (line) => {
      const found = /"url":"([^"]+)"/.exec(line)?.[1];
      if (found !== undefined) resolve(found);
    });
  });
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect((await fetch(`${url}/health`)).status).toBe(200);
  expect((await fetch(`${url}/docs`)).status).toBe(200);
  server.kill("SIGTERM");
  expect(await once(server, "exit")).toEqual([0, null]);
});

it.each([
  [["--bogus"], {}, 2, "unknown option '--bogus'"],
  [["--github-token", "ghp_canary"], {}, 2, "Set GITHUB_TOKEN instead."],
  [[], { MCP_MODE: "ftp" }, 78, "MCP_MODE: expected stdio or http"],
  [[], { HTTP_PER_PAGE: "many" }, 78, "HTTP_PER_PAGE: "],
  [["--http"], { MCP_PORT: "eighty" }, 78, "MCP_PORT: "],
])("ends %j in %j with one line and exit code %i", async (args, env, code, line) => {
  const program = run(args, env);
  const [said, shown] = [text(program.stderr), text(program.stdout)];
  expect(await once(program, "exit")).toEqual([code, null]);
  expect(await said).toMatch(/^error: [^\n]+\n$/);
  expect(await said).toContain(line);
  expect(await said).not.toContain("canary");
  expect(await shown).toBe("");
});

it("ends over stdio as Ctrl-C has it", async () => {
  const program = run([], { LOG_LEVEL: "warn" });
  // It warns of the missing token when it has started.
  await once(program.stderr, "data");
  program.kill("SIGINT");
  // A shell shows 130 for this.
  expect(await once(program, "exit")).toEqual([null, "SIGINT"]);
});
