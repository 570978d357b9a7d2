import { mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";

import { run } from "./run.ts";

// redis-server is a link into redis-tools; the rest are the libraries a minimal system lacks.
const PACKAGES = [
  "redis-server",
  "redis-tools",
  "libjemalloc2",
  "liblua5.1-0",
  "liblzf1",
  "lua-bitop",
  "lua-cjson",
];

/**
 * Downloads the Debian packages of Redis below `scratch` and returns their files, none on failure.
 * Needs apt-get but not root: when the system has no package lists, or only old ones, fresh lists
 * are fetched into `scratch` too.
 */
export async function downloadPackages(
  scratch: string,
  env: NodeJS.ProcessEnv,
): Promise<readonly string[]> {
  const folder = join(scratch, "packages");
  const lists = join(scratch, "lists");
  await Promise.all([mkdir(folder), mkdir(lists), mkdir(join(scratch, "cache"))]);

  // As root apt would drop to a user who may not write to our folder.
  const privately = ["-q", "-o", `Dir::Cache=${scratch}/cache`, "-o", "APT::Sandbox::User=root"];
  const aptGet = async (...args: string[]): Promise<boolean> =>
    (await run("apt-get", [...privately, ...args], { env, cwd: folder })).ok;

  const freshly = ["-o", `Dir::State::lists=${lists}`];
  const downloaded =
    (await aptGet("download", ...PACKAGES)) ||
    ((await aptGet(...freshly, "update")) && (await aptGet(...freshly, "download", ...PACKAGES)));
  if (!downloaded) return [];
  return (await readdir(folder)).map((name) => join(folder, name));
}
