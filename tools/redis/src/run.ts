import { execFile } from "node:child_process";

/** What a finished program left: whether it ended with status 0, and its stdout and stderr. */
export interface Outcome {
  readonly ok: boolean;
  readonly output: string;
}

/** Runs a program to its end; a program that is missing or fails is an outcome, not an error. */
export function run(
  path: string,
  args: readonly string[],
  { env = process.env, cwd }: { env?: NodeJS.ProcessEnv; cwd?: string } = {},
): Promise<Outcome> {
  const options = { env, cwd, maxBuffer: 16 * 1024 * 1024 };
  return new Promise((resolve) => {
    execFile(path, args, options, (error, stdout, stderr) => {
      resolve({ ok: error === null, output: stdout + stderr });
    });
  });
}
