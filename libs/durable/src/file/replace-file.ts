import { randomUUID } from "node:crypto";
import { readdir, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";

import { syncFolder } from "./sync-folder.ts";
import { writeSynced } from "./write-synced.ts";

/** How a file is replaced. */
export interface ReplaceOptions {
  /** Asked right before the rename, and once more after it; what it throws is passed on. */
  readonly guard?: () => Promise<void>;
  /** Where the new content is written first; a name of its own beside the file unless told. */
  readonly temporary?: string;
}

/** What follows the name of a file in the names of its temporary ones. */
const leftover = /^(.+)\.[0-9a-f-]+\.tmp$/;

/**
 * Replaces a file whole, mode 0600: when the promise resolves, the new content would survive a power cut;
 * when it rejects before the rename, the old file is untouched.
 */
export async function replaceFile(
  path: string,
  content: string | Uint8Array,
  { guard, temporary = `${path}.${randomUUID()}.tmp` }: ReplaceOptions = {},
): Promise<void> {
  try {
    await writeSynced(temporary, content, "w");
    await guard?.();
    await rename(temporary, path);
  } catch (error) {
    // Fails where there is nothing to remove, or for the reason that is thrown anyway.
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
  await syncFolder(dirname(path));
  await guard?.();
}

/** Removes what `replaceFile` left in a folder when it was killed, of the files whose names are wanted. */
export async function removeLeftovers(
  folder: string,
  isWanted: (name: string) => boolean,
): Promise<void> {
  const names = (await readdir(folder)).filter((name) => {
    const file = leftover.exec(name)?.[1];
    return file !== undefined && isWanted(file);
  });
  await Promise.all(names.map((name) => rm(join(folder, name), { force: true })));
}
