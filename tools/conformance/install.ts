import { execFile } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { packages } from "./suites.ts";

const folder = fileURLToPath(new URL("../../.cache/conformance", import.meta.url));
const npm = ["install", "--no-audit", "--no-fund", "--no-progress", "--loglevel=error"];

/** Where the runners are, and the Node to run them with. */
export interface Runners {
  readonly node: string;
  readonly entryOf: (runner: string) => string;
}

/**
 * Finds the runners in `.cache/conformance`, or installs them there from npm: they are no dependencies
 * of ours, and need a newer Node. Throws the error of npm.
 */
export async function installRunners(): Promise<Runners> {
  const manifest = JSON.stringify({ private: true, dependencies: packages });
  const done = join(folder, "installed.json");
  if ((await readFile(done, "utf8").catch(() => undefined)) !== manifest) {
    process.stderr.write(`Installing the conformance suite into ${folder}...\n`);
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, "package.json"), manifest);
    await promisify(execFile)("npm", npm, { cwd: folder });
    await writeFile(done, manifest);
  }
  const modules = join(folder, "node_modules");
  return {
    node: join(modules, "node", "bin", "node"),
    entryOf: (runner) => join(modules, runner, "dist", "index.js"),
  };
}
