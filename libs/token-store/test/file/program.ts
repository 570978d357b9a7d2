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
  const outfile = join(await mkdtemp(join(tmpdir(), "token-file-program-")), `${name}.mjs`);
  await build({
    entryPoints: [fileURLToPath(new URL(`${name}.ts`, import.meta.url))],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    banner: {
      js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
    },
  });
  return outfile;
}

/** One run of a bundled program. */
export interface Run {
  readonly child: ChildProcessWithoutNullStreams;
  /** Everything it has said so far, by lines. */
  readonly lines: readonly string[];
  /** The number of its line `index`, once said; rejects when it ends before. */
  readonly line: (index: number) => Promise<string>;
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

  const line = async (index: number): Promise<string> => {
    const found = lines[index];
    if (found !== undefined) return found;
    await Promise.race([
      once(reader, "line"),
      ended.then(() => Promise.reject(new Error(`The program ended at line ${lines.length}.`))),
    ]);
    return line(index);
  };
  return { child, lines, line, ended };
}
