import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

import { onTestFinished } from "vitest";

import type { Program } from "./bundle.ts";

/** One run of a program. */
export interface Run {
  readonly child: ChildProcessWithoutNullStreams;
  /** Everything it has said so far, by lines. */
  readonly lines: readonly string[];
  /** Its line `index`, once said; rejects when it ends before. */
  readonly line: (index: number) => Promise<string>;
  /** Its exit code, `null` after a kill, once it has ended and all it said is in `lines`. */
  readonly ended: Promise<number | null>;
}

/** Runs a program until the test ends at the latest; `limit` is its limit of file size in blocks of 512 bytes. */
export function run(program: Program, args: readonly string[] = [], limit?: number): Run {
  const bound = limit === undefined ? "" : `ulimit -f ${limit}; `;
  const argv = [process.execPath, program.path, ...args];
  const child = spawn("sh", ["-c", `${bound}exec "$0" "$@"`, ...argv]);
  onTestFinished(() => void child.kill("SIGKILL"));
  child.stderr.pipe(process.stderr);
  const lines: string[] = [];
  const reader = createInterface(child.stdout).on("line", (text) => lines.push(text));
  const closed = Promise.all([once(child, "close"), once(reader, "close")]);
  const ended = closed.then(() => child.exitCode);
  const tooEarly = ended.then(() =>
    Promise.reject(new Error(`The program ended at line ${lines.length}.`)),
  );
  tooEarly.catch(() => undefined);

  const line = async (index: number): Promise<string> => {
    const found = lines[index];
    if (found !== undefined) return found;
    await Promise.race([once(reader, "line"), tooEarly]);
    return line(index);
  };
  return { child, lines, line, ended };
}
