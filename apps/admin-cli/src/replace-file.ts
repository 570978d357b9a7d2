import { randomUUID } from "node:crypto";
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";

import { unwritable } from "./file-error.ts";

/**
 * Writes a file, and the folders to it, in one step: whoever reads it finds the old text or the new.
 * A link stays, and what it leads to is replaced.
 * @throws CliError "unwritable-file"; the old text is still there.
 */
export function replaceFile(path: string, text: string, { mode = 0o600 } = {}): void {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    const target = leadsTo(path);
    const part = `${target}.${randomUUID()}.part`;
    try {
      write(part, text, mode);
      renameSync(part, target);
    } finally {
      rmSync(part, { force: true });
    }
  } catch (error) {
    throw unwritable(path, error);
  }
}

/** Where the links of a path lead; the path itself when nothing is there yet. */
export function leadsTo(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

function write(path: string, text: string, mode: number): void {
  const file = openSync(path, "wx", mode);
  try {
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
