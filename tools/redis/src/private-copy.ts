import { mkdir, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";

import { type RedisBinary, isRedisServer } from "./binary.ts";
import { downloadPackages } from "./debian-packages.ts";
import { run } from "./run.ts";

/** The Redis unpacked in `folder` by an earlier run, if it is there and works on this machine. */
export async function findPrivateCopy(folder: string): Promise<RedisBinary | undefined> {
  const libraries = join(folder, "usr/lib");
  // The one folder in it is named for the machine, such as x86_64-linux-gnu.
  const machines = await readdir(libraries).catch(() => []);
  const binary = {
    path: join(folder, "usr/bin/redis-server"),
    env: { LD_LIBRARY_PATH: machines.map((name) => join(libraries, name)).join(":") },
  };
  return (await isRedisServer(binary)) ? binary : undefined;
}

/**
 * Downloads Debian's Redis and unpacks it in `folder`, leaving the system as it was.
 * Undefined when that does not give a server that works. Processes may do this at once: whoever
 * comes second uses the copy of the first.
 */
export async function unpackPrivateCopy(
  folder: string,
  env: NodeJS.ProcessEnv,
): Promise<RedisBinary | undefined> {
  await mkdir(dirname(folder), { recursive: true });
  const scratch = await mkdtemp(`${folder}-`);
  try {
    const unpacked = join(scratch, "unpacked");
    for (const file of await downloadPackages(scratch, env)) {
      await run("dpkg", ["-x", file, unpacked], { env });
    }
    if ((await findPrivateCopy(unpacked)) === undefined) return undefined;
    return await moveInto(folder, unpacked);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function moveInto(folder: string, unpacked: string): Promise<RedisBinary | undefined> {
  const earlier = await findPrivateCopy(folder);
  if (earlier !== undefined) return earlier;
  // What is in the way does not work here: half a copy, or one for another kind of machine.
  await rm(folder, { recursive: true, force: true });
  // A failure means that another process moved its copy in just now; the search below finds it.
  await rename(unpacked, folder).catch(() => undefined);
  return findPrivateCopy(folder);
}
