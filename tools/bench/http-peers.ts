import { execFile } from "node:child_process";
import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import type { Contender } from "./http-load-client.ts";
import { initialize, rawRequest, toolCall } from "./http-messages.ts";
import { type ServerProcess, startServer } from "./http-server-process.ts";

const folder = fileURLToPath(new URL("../../.cache/bench-http", import.meta.url));
const npm = ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];

/** Exact, so that figures can be compared; they are no dependencies of ours. */
const packages = {
  fastmcp: "4.20.16",
  supergateway: "4.0.0",
  "mcp-proxy": "6.7.19",
  "@modelcontextprotocol/sdk": "1.32.2",
  express: "5.3.0",
};
const programs = ["fastmcp.mjs", "v1-stateless.mjs", "stdio.mjs"];

/** What each peer is started with, in the folder of the packages. */
const commands: Readonly<Record<string, (port: number) => readonly string[]>> = {
  "fastmcp 4, stateless": (port) => ["fastmcp.mjs", String(port)],
  "v1 SDK on express, stateless": (port) => ["v1-stateless.mjs", String(port)],
  "mcp-proxy 6 over stdio": (port) => [
    "node_modules/mcp-proxy/dist/bin/mcp-proxy.mjs",
    "--host=127.0.0.1",
    `--port=${port}`,
    "--server=stream",
    "--",
    process.execPath,
    "stdio.mjs",
  ],
  "supergateway 4 over stdio, stateful": (port) => [
    "node_modules/supergateway/dist/index.js",
    "--outputTransport=streamableHttp",
    "--stateful",
    "--logLevel=none",
    `--port=${port}`,
    `--stdio=${process.execPath} stdio.mjs`,
  ],
};

/** A peer under measurement, asked for a tool that does nothing, by anybody and as often as they like. */
export interface Peer extends Contender {
  readonly stop: ServerProcess["stop"];
}

/** Installs the peers into `.cache` if need be, and starts them all. */
export async function startPeers(): Promise<readonly Peer[]> {
  await install();
  return Promise.all(Object.keys(commands).map(startPeer));
}

async function startPeer(name: string): Promise<Peer> {
  const { pid, port, stop } = await startServer({
    args: (at) => commands[name]?.(at) ?? [],
    cwd: folder,
  });
  const { headers } = toolCall("legacy", "answer", {});
  const session = await beginSession(`http://127.0.0.1:${port}/mcp`);
  const all = { ...headers, ...(session !== null && { "Mcp-Session-Id": session }) };
  // Requests of one session that are under way at one time need ids of their own.
  const requests = Array.from({ length: 64 }, (_, id) => {
    const { body } = toolCall("legacy", "answer", {}, id);
    return rawRequest({ path: "/mcp", body, headers: all });
  });
  return { name, pid, port, requests, stop };
}

/** The id of a new session, where the peer has any. */
async function beginSession(url: string): Promise<string | null> {
  const { body, headers } = initialize;
  const response = await fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
  const session = response.headers.get("mcp-session-id");
  await response.text();
  if (session === null) return null;
  const notification = { jsonrpc: "2.0", method: "notifications/initialized" };
  await fetch(url, {
    method: "POST",
    headers: { ...headers, "mcp-session-id": session },
    body: JSON.stringify(notification),
  });
  return session;
}

async function install(): Promise<void> {
  const manifest = JSON.stringify({ private: true, type: "module", dependencies: packages });
  const done = join(folder, "installed.json");
  await mkdir(folder, { recursive: true });
  const source = fileURLToPath(new URL("http-peers", import.meta.url));
  for (const program of programs) await copyFile(join(source, program), join(folder, program));
  if ((await readFile(done, "utf8").catch(() => undefined)) === manifest) return;
  process.stderr.write(`Installing the peers into ${folder}...\n`);
  await writeFile(join(folder, "package.json"), manifest);
  await promisify(execFile)("npm", npm, { cwd: folder });
  await writeFile(done, manifest);
}
