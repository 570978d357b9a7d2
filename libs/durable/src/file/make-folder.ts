import { mkdir, stat } from "node:fs/promises";
import { dirname } from "node:path";

import { syncFolder } from "./sync-folder.ts";

/**
 * Makes a folder with mode 0700, and those above it that are missing, and puts them all on disk. One by one:
 * the recursive `mkdir` of Node never ends where a folder that exists refuses with ENOENT, as `/proc` does.
 */
export async function makeFolder(folder: string): Promise<void> {
  if (await isFolder(folder)) return;
  const parent = dirname(folder);
  if (parent !== folder) await makeFolder(parent);
  await makeOne(folder);
  await syncFolder(parent);
}

/** That another process was quicker is fine. */
async function makeOne(folder: string): Promise<void> {
  try {
    await mkdir(folder, { mode: 0o700 });
  } catch (error) {
    if (!(await isFolder(folder))) throw error;
  }
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
