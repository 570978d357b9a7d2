import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { isMissing, replaceFile } from "@pr-review/durable/file";

const name = "audit-head.json";

/** The head in a folder; `undefined` where there is none. */
export async function readHead(folder: string): Promise<string | undefined> {
  try {
    return (await readFile(join(folder, name), "utf8")).trimEnd();
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** Replaces the head whole: when this resolves it would survive a power cut, and if not the old one does. */
export async function writeHead(folder: string, head: string): Promise<void> {
  const path = join(folder, name);
  // One name for all times: what a crash leaves of it, the next head overwrites.
  await replaceFile(path, `${head}\n`, { temporary: `${path}.tmp` });
}
