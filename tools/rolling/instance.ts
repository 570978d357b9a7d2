import { spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const dist = fileURLToPath(new URL("../../apps/http-server/dist", import.meta.url));

/** The built server in a process of its own. */
export interface Instance {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** SIGTERM; resolves with how it ended: `code` is 0 when it left by itself. */
  readonly end: () => Promise<Ending>;
  /** SIGKILL. */
  readonly kill: () => Promise<Ending>;
}

/** How a process ended, and how many milliseconds it took. */
export interface Ending {
  readonly code: number | null;
  readonly tookMs: number;
}

/** Copies the build to a folder of its own, so that the next build changes nothing under way. */
export async function copyProgram(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "http-server-"));
  await cp(dist, folder, { recursive: true });
  return folder;
}

/** Starts the server of a folder on a free port, and resolves once it accepts connections. */
export async function startInstance(
  folder: string,
  settings: Readonly<Record<string, string>>,
): Promise<Instance> {
  const child = spawn(process.execPath, [join(folder, "main.mjs")], {
    cwd: folder,
    env: {
      PATH: process.env["PATH"],
      NODE_ENV: "production",
      MCP_HOST: "127.0.0.1",
      MCP_PORT: "0",
      ...settings,
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  // Whatever becomes of this process, none of its servers outlives it.
  const orphan = (): void => void child.kill("SIGKILL");
  process.once("exit", orphan);
  const exited = once(child, "exit").finally(() => process.off("exit", orphan));
  const end = async (signal: NodeJS.Signals): Promise<Ending> => {
    const from = performance.now();
    child.kill(signal);
    await exited;
    return { code: child.exitCode, tookMs: performance.now() - from };
  };
  const lines = createInterface(child.stdout);
  const url = await new Promise<string>((resolve, reject) => {
    lines.on("line", (line) => {
      const found = /"url":"([^"]+)"/.exec(line)?.[1];
      if (found !== undefined) resolve(found);
    });
    child.once("exit", () => reject(new Error("The server did not start. Is it built?")));
  });
  lines.close();
  // A full pipe would hold the server up.
  child.stdout.resume();
  return {
    url,
    port: Number(new URL(url).port),
    pid: child.pid ?? 0,
    end: () => end("SIGTERM"),
    kill: () => end("SIGKILL"),
  };
}
