import { randomUUID } from "node:crypto";
import { open, readdir, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

import { syncFolder } from "./sync-folder.ts";

/**
 * Replaces a file whole, mode 0600: when the promise resolves, the new content would survive a power cut;
 * when it rejects before the rename, the old file is untouched. `guard` is asked right before the rename,
 * and once more after it; what it throws is passed on.
 */
export async function replaceFile(
  path: string,
  content: Uint8Array,
  guard: () => Promise<void>,
): Promise<void> {
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    await writeThrough(temporary, content);
    await guard();
    await rename(temporary, path);
  } catch (error) {
    // Fails where there is nothing to remove, or for the reason that is thrown anyway.
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
  await syncFolder(dirname(path));
  await guard();
}

/** Removes what `replaceFile` left when it was killed. */
export async function removeLeftovers(path: string): Promise<void> {
  const folder = dirname(path);
  const isLeftover = (name: string): boolean =>
    name.startsWith(`${basename(path)}.`) && name.endsWith(".tmp");
  const leftovers = (await readdir(folder)).filter(isLeftover);
  await Promise.all(leftovers.map((name) => rm(join(folder, name), { force: true })));
}

/** `writeFile` carries on after a short write; a bare `write` near a full disk keeps a part and reports no error. */
async function writeThrough(path: string, content: Uint8Array): Promise<void> {
  const file = await open(path, "wx", 0o600);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}
