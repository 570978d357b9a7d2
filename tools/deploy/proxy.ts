import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const config = fileURLToPath(new URL("../../docker/haproxy.cfg", import.meta.url));

/** The proxy of compose.yaml, on this machine. */
export interface Proxy {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** Starts HAProxy by docker/haproxy.cfg, in front of what a name server says listens on a port. */
export async function startProxy(nameServer: string, serverPort: number): Promise<Proxy> {
  const folder = await mkdtemp(join(tmpdir(), "proxy-"));
  const file = join(folder, "haproxy.cfg");
  const port = await freePort();
  const text = (await readFile(config, "utf8"))
    .replace("127.0.0.11:53", nameServer)
    .replace("bind :8080", `bind 127.0.0.1:${port}`)
    .replace("http-server-redis:8080", `http-server-redis:${serverPort}`);
  await writeFile(file, text);
  const child = spawn("haproxy", ["-f", file], { stdio: "ignore" });
  const ended = once(child, "exit");
  const url = `http://127.0.0.1:${port}`;
  await isReady(url);
  return {
    url,
    close: async () => {
      child.kill("SIGKILL");
      await ended;
      await rm(folder, { recursive: true });
    },
  };
}

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0);
  await once(server, "listening");
  const address = server.address();
  server.close();
  if (address === null || typeof address === "string") throw new Error("there is no port");
  return address.port;
}

async function isReady(url: string, tries = 100): Promise<void> {
  const answer = await fetch(`${url}/ready`).catch(() => undefined);
  if (answer?.ok === true) return;
  if (tries === 0) throw new Error("no server is ready behind the proxy");
  await wait(100);
  await isReady(url, tries - 1);
}
