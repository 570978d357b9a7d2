import { execFile } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const cache = fileURLToPath(new URL("../../.cache", import.meta.url));
const npm = ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-progress"];

/** What is installed, by name: exact versions, or aliases of such (`npm:other@1.2.3`). */
export type Packages = Readonly<Record<string, string>>;

/**
 * Finds packages in the folder `.cache/NAME`, or installs them there from npm, without running their
 * scripts; no network is needed when they are there. They are programs that tests run, and no
 * dependencies of ours. Returns the path of their `node_modules`; throws the error of npm.
 */
export async function installFromNpm(name: string, packages: Packages): Promise<string> {
  const folder = join(cache, name);
  const modules = join(folder, "node_modules");
  const manifest = JSON.stringify({ private: true, dependencies: packages });
  // It goes when the packages go, and is there only once they are complete.
  const done = join(modules, ".complete.json");
  if ((await readFile(done, "utf8").catch(() => undefined)) === manifest) return modules;

  process.stderr.write(`Installing ${Object.keys(packages).join(", ")} into ${folder}...\n`);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "package.json"), manifest);
  await promisify(execFile)("npm", [...npm, "--loglevel=error"], { cwd: folder });
  await writeFile(done, manifest);
  return modules;
}
