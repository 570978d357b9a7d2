import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";

const NX = fileURLToPath(new URL("../../node_modules/.bin/nx", import.meta.url));

/** Builds every project in `folder`, for the tests of what is built; resolves to what went wrong. */
export function buildAll(folder: string): Promise<string | undefined> {
  const args = ["run-many", "--target=build", "--output-style=static"];
  const options = { cwd: folder, maxBuffer: 64 * 1024 * 1024 };
  return new Promise((resolve) => {
    execFile(NX, args, options, (error, stdout, stderr) => {
      resolve(error === null ? undefined : stdout + stderr);
    });
  });
}
