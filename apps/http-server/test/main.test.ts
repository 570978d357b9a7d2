import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";

import { expect, it, onTestFinished } from "vitest";

const main = join(import.meta.dirname, "../dist/main.mjs");

async function start(env: Record<string, string>) {
  const cwd = await mkdtemp(join(tmpdir(), "http-server-test-"));
  const server = spawn(process.execPath, [main], {
    cwd,
    env: { PATH: process.env["PATH"], ...env },
  });
  onTestFinished(async () => {
    server.kill("SIGKILL");
    await rm(cwd, { recursive: true });
  });
  return { server, cwd };
}

async function listening({ stdout }: ChildProcess): Promise<string> {
  if (stdout === null) throw new Error("no output");
  for await (const line of createInterface(stdout)) {
    const url = /"url":"([^"]+)"/.exec(line)?.[1];
    if (url !== undefined) return url;
  }
  throw new Error("the server did not start");
}

it("runs alone from an empty folder, says what to do next and stops when told", async () => {
  const { server, cwd } = await start({ MCP_PORT: "0" });
  const said = text(server.stderr);
  const url = await listening(server);
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect((await fetch(`${url}/health`)).status).toBe(200);

  server.kill("SIGTERM");
  const [code] = await once(server, "exit");
  expect(code).toBe(0);
  expect(await said).toContain(`listening on ${url}`);
  expect(await said).toContain(join(".data", "secrets.json"));
  expect(await said).toMatch(/main\.mjs create .*--url/);
  expect(await said).toContain(`claude mcp add --transport http pr-review ${url}/mcp`);
  expect(cwd).toBeTruthy();
});

it.each([
  [
    { NODE_ENV: "production" },
    /^error: MCP_SECRET_KEY: is required in production\..*\nerror: MCP_ADMIN_TOKEN: is required/,
  ],
  [
    { MCP_SECRET_KEY: "weak-secret" },
    /^error: MCP_SECRET_KEY: MCP_SECRET_KEY needs 32 random bytes/,
  ],
  [{ MCP_PORT: "eighty" }, /^error: MCP_PORT: /],
])("refuses to start with %j: one clear line each, exit 78", async (env, line) => {
  const { server } = await start(env);
  const said = text(server.stderr);
  const [code] = await once(server, "exit");
  expect(code).toBe(78);
  expect(await said).toMatch(line);
  expect(await said).not.toMatch(/weak-secret|eighty|^\s+at /m);
});

it("says so when the port is taken, and exits 1", async () => {
  const first = await start({ MCP_PORT: "0" });
  const port = new URL(await listening(first.server)).port;
  const { server } = await start({ MCP_PORT: port });
  const said = text(server.stderr);
  expect((await once(server, "exit"))[0]).toBe(1);
  expect(await said).toMatch(/^error: .*EADDRINUSE/);
});
