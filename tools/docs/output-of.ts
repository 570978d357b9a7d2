import { execFile, type ExecFileOptions } from "node:child_process";

/** Runs a program to its end and gives what it printed; rejects with all of it when it fails. */
export function outputOf(
  program: string,
  args: readonly string[],
  options: ExecFileOptions,
): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(program, args, { ...options, encoding: "utf8" }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(new Error(`${error.message}\n${stdout}${stderr}`));
    });
  });
}
