import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

/** Bundles a program of this folder, so that it starts fast, and returns the path of what was made. */
export async function bundle(name: string): Promise<string> {
  const outfile = join(await mkdtemp(join(tmpdir(), "audit-log-program-")), `${name}.mjs`);
  await build({
    entryPoints: [fileURLToPath(new URL(`${name}.ts`, import.meta.url))],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
  });
  return outfile;
}

/** One run of a bundled program. */
export interface Run {
  readonly child: ChildProcessWithoutNullStreams;
  /** Everything it has said so far, by lines. */
  readonly lines: readonly string[];
  /** Fulfilled when it has said so many lines; rejects when it ends before. */
  readonly said: (count: number) => Promise<void>;
  /** Fulfilled when it has ended and all it said is in `lines`. */
  readonly ended: Promise<void>;
}

/** Runs a bundled program; `limit` is its limit of file size in blocks of 512 bytes. */
export function run(program: string, args: readonly string[], limit?: number): Run {
  const command = limit === undefined ? "" : `ulimit -f ${limit}; `;
  const child = spawn("sh", ["-c", `${command}exec "$0" "$@"`, process.execPath, program, ...args]);
  child.stderr.pipe(process.stderr);
  const lines: string[] = [];
  const reader = createInterface(child.stdout).on("line", (text) => lines.push(text));
  const ended = Promise.all([once(child, "close"), once(reader, "close")]).then(() => undefined);
  const tooEarly = ended.then(() => Promise.reject(new Error("The program ended too early.")));
  tooEarly.catch(() => undefined);
  const said = async (count: number): Promise<void> => {
    while (lines.length < count) await Promise.race([once(reader, "line"), tooEarly]);
  };
  return { child, lines, said, ended };
}
