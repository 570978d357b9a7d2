import { closeSync, fsyncSync, openSync, unlinkSync, writeSync } from "node:fs";

import { CliError } from "./errors.ts";
import { fileReason, unwritable } from "./file-error.ts";

/** An answer that holds a new key. */
export interface MadeKey {
  readonly key_id: string;
  readonly mcp_key: string;
}

/**
 * Makes a key and writes it to a new file of mode 0600, which is there before the key is made and
 * gone again if it is not. With no path it only makes the key.
 * @throws CliError "unwritable-file"; its message names the key if one was made.
 */
export async function intoKeyFile<Made extends MadeKey>(
  path: string | undefined,
  make: () => Promise<Made>,
): Promise<Made> {
  if (path === undefined) return make();
  const file = reserve(path);
  try {
    const made = await make().catch((error: unknown) => {
      unlinkSync(path);
      throw error;
    });
    write(file, path, made);
    return made;
  } finally {
    closeSync(file);
  }
}

function reserve(path: string): number {
  try {
    return openSync(path, "wx", 0o600);
  } catch (error) {
    throw unwritable(path, error);
  }
}

function write(file: number, path: string, { key_id: id, mcp_key: key }: MadeKey): void {
  try {
    writeSync(file, `${key}\n`);
    fsyncSync(file);
  } catch (error) {
    throw new CliError(
      "unwritable-file",
      `The key ${id} was made, but cannot be written to ${path} (${fileReason(error)}) and is lost. Delete it: pr-review-admin tokens delete ${id}`,
    );
  }
}
