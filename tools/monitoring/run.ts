import { execFile } from "node:child_process";

/** What a finished program left: whether it ended with status 0, and its stdout and stderr. */
export interface Outcome {
  readonly ok: boolean;
  readonly output: string;
}

/** Runs a program to its end; one that is missing or fails is an outcome, not an error. */
export async function run(
  path: string,
  args: readonly string[],
  { cwd }: { readonly cwd?: string } = {},
): Promise<Outcome> {
  const options = { cwd, maxBuffer: 16 * 1024 * 1024 };
  return new Promise((resolve) => {
    execFile(path, args, options, (error, stdout, stderr) => {
      const complaint = error !== null && stdout + stderr === "" ? error.message : "";
      resolve({ ok: error === null, output: stdout + stderr + complaint });
    });
  });
}
