import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";

import { run } from "./run.ts";

/**
 * Unpacks Debian's package `name` into `folder`: nothing of it is run, so no service starts and no port
 * opens, and nothing needs root. Resolves to whether the folder is there then.
 */
export async function unpackDebianCopy(name: string, folder: string): Promise<boolean> {
  await mkdir(dirname(folder), { recursive: true });
  const scratch = await mkdtemp(`${folder}-`);
  try {
    const unpacked = join(scratch, "unpacked");
    const file = await download(name, scratch);
    if (file === undefined || !(await run("dpkg-deb", ["-x", file, unpacked])).ok) return false;
    // Another process may have been quicker; its copy is as good.
    await rename(unpacked, folder).catch(() => undefined);
    return existsSync(folder);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** Downloads with the package lists of the system, else with fresh ones of our own. */
async function download(name: string, scratch: string): Promise<string | undefined> {
  const [lists, cache] = [join(scratch, "lists"), join(scratch, "cache")];
  await Promise.all([mkdir(lists), mkdir(cache)]);
  // As root apt would drop to a user who may not write to our folder.
  const privately = ["-q", "-o", `Dir::Cache=${cache}`, "-o", "APT::Sandbox::User=root"];
  const freshly = [...privately, "-o", `Dir::State::lists=${lists}`];
  const aptGet = async (...args: readonly string[]) =>
    (await run("apt-get", args, { cwd: scratch })).ok;

  const downloaded =
    (await aptGet(...privately, "download", name)) ||
    ((await aptGet(...freshly, "update")) && (await aptGet(...freshly, "download", name)));
  if (!downloaded) return undefined;
  const file = (await readdir(scratch)).find((each) => each.endsWith(".deb"));
  return file && join(scratch, file);
}
