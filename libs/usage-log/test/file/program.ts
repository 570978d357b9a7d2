import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

import { onTestFinished } from "vitest";

const root = fileURLToPath(new URL("../../../..", import.meta.url));

/** A program of this folder that runs. */
export interface Run {
  readonly child: ChildProcessWithoutNullStreams;
  /** Everything it has said so far, by lines. */
  readonly lines: readonly string[];
  /** Fulfilled when it has said so many lines, or has ended. */
  readonly said: (count: number) => Promise<void>;
  /** Its exit code, once it has ended and all it said is in `lines`. */
  readonly ended: Promise<number | null>;
}

/**
 * Runs a program of the tests from its source, until the test ends at the latest; `limit` is its limit of file
 * size in blocks of 512 bytes.
 */
export function run(name: string, args: readonly string[], limit?: number): Run {
  const program = fileURLToPath(new URL(`../${name}.ts`, import.meta.url));
  const argv = [process.execPath, "--import", "tsx", "-C", "@pr-review/source", program, ...args];
  const bound = limit === undefined ? "" : `ulimit -f ${limit}; `;
  const child = spawn("sh", ["-c", `${bound}exec "$0" "$@"`, ...argv], { cwd: root });
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  child.stderr.pipe(process.stderr);
  const lines: string[] = [];
  const reader = createInterface(child.stdout).on("line", (text) => lines.push(text));
  const closed = Promise.all([once(child, "close"), once(reader, "close")]);
  const ended = closed.then(() => child.exitCode);
  const said = async (count: number): Promise<void> => {
    while (lines.length < count && child.exitCode === null && child.signalCode === null) {
      await Promise.race([once(reader, "line"), ended]);
    }
  };
  return { child, lines, said, ended };
}
