import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";

import { onTestFinished } from "vitest";

export const adminToken = "admin-token-of-the-imports-0123456789";

const main = fileURLToPath(new URL("../../../http-server/src/main.ts", import.meta.url));

/** A real server in a process of its own, on one port for all its lives. */
export interface ServerProcess {
  readonly url: string;
  /** Ends it as a crash would. */
  readonly kill: () => Promise<void>;
  /** Starts it anew, with the same settings. */
  readonly restart: () => Promise<void>;
}

/** Starts a server; the settings say where it keeps its keys. It ends with the test. */
export async function startServer(env: Readonly<Record<string, string>>): Promise<ServerProcess> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const settings = {
    PATH: process.env["PATH"],
    NODE_ENV: "production",
    MCP_HOST: "127.0.0.1",
    MCP_PORT: String(port),
    MCP_SECRET_KEY: randomBytes(32).toString("base64"),
    MCP_ADMIN_TOKEN: adminToken,
    LOG_LEVEL: "error",
    HTTP_MAX_RETRIES: "0",
    ...env,
  };
  let child: ChildProcess | undefined;
  const kill = async () => {
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    child.kill("SIGKILL");
    await gone;
  };
  const restart = async () => {
    const args = ["--import", "tsx", "-C", "@pr-review/source", main];
    child = spawn(process.execPath, args, {
      env: settings,
      stdio: ["ignore", "ignore", "inherit"],
    });
    await answering(url, child);
  };
  onTestFinished(kill);
  await restart();
  return { url, kill, restart };
}

async function answering(url: string, child: ChildProcess): Promise<void> {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`the server exited with ${child.exitCode}`);
    const response = await fetch(`${url}/health`).catch(() => undefined);
    if (response?.ok === true) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
