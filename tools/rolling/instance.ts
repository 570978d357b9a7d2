import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

/** A server in a process of its own. */
export interface Instance {
  readonly port: number;
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

/** Bundles the program once, so that each instance starts fast, and returns the path of it. */
export async function bundleProgram(): Promise<string> {
  const outfile = join(await mkdtemp(join(tmpdir(), "rolling-")), "program.mjs");
  await build({
    entryPoints: [fileURLToPath(new URL("program.ts", import.meta.url))],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    conditions: ["@pr-review/source"],
    // Express is CommonJS.
    banner: {
      js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
    },
  });
  return outfile;
}

/** Starts a bundled program, and resolves once it accepts connections. */
export async function startInstance(program: string, drainDelayMs: number): Promise<Instance> {
  const child = spawn(process.execPath, [program], {
    env: { ...process.env, DRAIN_DELAY_MS: `${drainDelayMs}` },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exited = once(child, "exit");
  const end = async (signal: NodeJS.Signals): Promise<Ending> => {
    const from = performance.now();
    child.kill(signal);
    await exited;
    return { code: child.exitCode, tookMs: performance.now() - from };
  };
  const line = await new Promise<string>((resolve) => {
    createInterface(child.stdout).once("line", resolve);
  });
  return { port: Number(line), end: () => end("SIGTERM"), kill: () => end("SIGKILL") };
}
