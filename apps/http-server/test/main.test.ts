import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";

import { expect, it, onTestFinished } from "vitest";
import { z } from "zod";

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
  expect(await said).toMatch(/npm run admin -- tokens create .*--url/);
  expect(await said).toContain(`claude mcp add --transport http pr-review ${url}/mcp`);
  expect(cwd).toBeTruthy();
});

it.each([
  [
    { NODE_ENV: "production" },
    /^error: MCP_SECRET_KEY: is required in production\..*\nerror: MCP_ADMIN_TOKEN: is required/,
  ],
  [{ MCP_PORT: "http" }, /^error: MCP_PORT: expected a whole number from 0 to 65535$/m],
  [{ MCP_PORT: "70000" }, /^error: MCP_PORT: expected a whole number from 0 to 65535$/m],
  [{ MCP_SECRET_KEY: "weak-secret" }, /^error: MCP_SECRET_KEY: needs 32 random bytes/],
  [{ MCP_PORT: "eighty" }, /^error: MCP_PORT: /],
])("refuses to start with %j: one clear line each, exit 78", async (env, line) => {
  const { server } = await start(env);
  const said = text(server.stderr);
  const [code] = await once(server, "exit");
  expect(code).toBe(78);
  expect(await said).toMatch(line);
  expect(await said).not.toMatch(/weak-secret|eighty|^\s+at /m);
});

/** Starts a server on a folder of its own that lasts over restarts. */
async function onFolder() {
  const MCP_DATA_DIR = await mkdtemp(join(tmpdir(), "http-server-data-"));
  onTestFinished(() => rm(MCP_DATA_DIR, { recursive: true }));
  const secrets = {
    MCP_SECRET_KEY: randomBytes(32).toString("base64"),
    MCP_ADMIN_TOKEN: randomBytes(32).toString("base64"),
  };
  const env = { NODE_ENV: "production", MCP_PORT: "0", MCP_HOST: "127.0.0.1", MCP_DATA_DIR };
  const headers = {
    authorization: `Bearer ${secrets.MCP_ADMIN_TOKEN}`,
    "content-type": "application/json",
  };
  return {
    folder: MCP_DATA_DIR,
    start: (change = {}) => start({ ...env, ...secrets, ...change }),
    ids: async (url: string) => {
      const response = await fetch(`${url}/admin/tokens`, { headers });
      const { tokens } = z
        .object({ tokens: z.array(z.object({ key_id: z.string() })) })
        .parse(await response.json());
      return tokens.map(({ key_id }) => key_id);
    },
    issue: async (url: string) => {
      const body = JSON.stringify({ github_token: "ghp_alice" });
      const response = await fetch(`${url}/admin/tokens?check=false`, {
        method: "POST",
        headers,
        body,
      });
      return z.object({ key_id: z.string() }).parse(await response.json()).key_id;
    },
  };
}

it("has every key it answered with after kill -9 and a restart", async () => {
  const { start: run, issue, ids } = await onFolder();
  const first = await run();
  const url = await listening(first.server);
  const issued = [await issue(url), await issue(url)];
  first.server.kill("SIGKILL");
  await once(first.server, "exit");
  const second = await run();
  expect(await ids(await listening(second.server))).toEqual(issued);
});

it("refuses another secret key for the data that is there, names it and keeps it untouched", async () => {
  const { folder, start: run, issue, ids } = await onFolder();
  const first = await run();
  const id = await issue(await listening(first.server));
  first.server.kill("SIGTERM");
  await once(first.server, "exit");
  const file = join(folder, "tokens.sealed");
  const bytes = await readFile(file);

  const wrong = await run({ MCP_SECRET_KEY: randomBytes(32).toString("base64") });
  const said = text(wrong.server.stderr);
  expect((await once(wrong.server, "exit"))[0]).toBe(78);
  expect(await said).toMatch(/^error: .*\n$/);
  expect(await said).toContain(file);
  expect(await readFile(file)).toEqual(bytes);
  const again = await run();
  expect(await ids(await listening(again.server))).toEqual([id]);
});

it("refuses a folder that another server is using, and a damaged file, by name", async () => {
  const { folder, start: run, issue } = await onFolder();
  const first = await run();
  await issue(await listening(first.server));
  const second = await run();
  const inUse = text(second.server.stderr);
  expect((await once(second.server, "exit"))[0]).toBe(1);
  expect(await inUse).toContain(folder);
  first.server.kill("SIGTERM");
  await once(first.server, "exit");

  const file = join(folder, "tokens.sealed");
  const bytes = await readFile(file);
  await writeFile(file, bytes.subarray(0, bytes.length / 2));
  const third = await run();
  const damaged = text(third.server.stderr);
  expect((await once(third.server, "exit"))[0]).toBe(1);
  expect(await damaged).toContain(file);
  expect((await readFile(file)).length).toBe(Math.floor(bytes.length / 2));
});

it("says where Redis cannot be reached, without its password, and exits 1", async () => {
  const { server } = await start({ REDIS_URL: "redis://user:s3cret-password@127.0.0.1:1" });
  const said = text(server.stderr);
  expect((await once(server, "exit"))[0]).toBe(1);
  expect(await said).toMatch(/^error: Redis at 127\.0\.0\.1:1 cannot be reached .*REDIS_URL.*\n$/);
  expect(await said).not.toContain("s3cret");
});

it("says so when the port is taken, and exits 1", async () => {
  const first = await start({ MCP_PORT: "0" });
  const port = new URL(await listening(first.server)).port;
  const { server } = await start({ MCP_PORT: port });
  const said = text(server.stderr);
  expect((await once(server, "exit"))[0]).toBe(1);
  expect(await said).toMatch(/^error: .*EADDRINUSE/);
});
