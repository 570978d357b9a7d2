import { execFile, type ExecFileOptions } from "node:child_process";

/** How a program ended, and what it printed. */
export interface Run {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end, whatever that is; rejects when there is no such program, and says so. */
export function run(
  program: string,
  args: readonly string[],
  options: ExecFileOptions = {},
): Promise<Run> {
  return new Promise((resolve, reject) => {
    execFile(program, args, { ...options, encoding: "utf8" }, (error, stdout, stderr) => {
      if (error?.code === "ENOENT") reject(new Error(`${program} is missing. Install it.`));
      else resolve({ status: statusOf(error), stdout, stderr });
    });
  });
}

function statusOf(error: { readonly code?: unknown } | null): number {
  if (error === null) return 0;
  return typeof error.code === "number" ? error.code : 1;
}
