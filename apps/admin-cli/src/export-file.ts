import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  unlinkSync,
  writeSync,
} from "node:fs";

import { CliError } from "./errors.ts";
import { unwritable } from "./file-error.ts";

/**
 * Writes pieces to a new file of mode 0600, which is there only once it is whole; `open` is called
 * when the file can be written.
 * @returns how many lines it has.
 * @throws CliError "unwritable-file"; what `open` throws.
 */
export async function writeWhole(
  path: string,
  open: () => AsyncIterable<Uint8Array>,
): Promise<number> {
  const part = `${path}.part`;
  const file = reserve(path, part);
  try {
    const lines = await copy(file, part, open());
    finish(path, part);
    return lines;
  } finally {
    closeSync(file);
    unlinkSync(part);
  }
}

function reserve(path: string, part: string): number {
  if (existsSync(path)) throw unwritable(path, Object.assign(new Error(), { code: "EEXIST" }));
  try {
    // A part left behind by a crash is of no use.
    return openSync(part, "w", 0o600);
  } catch (error) {
    throw unwritable(path, error);
  }
}

async function copy(
  file: number,
  part: string,
  pieces: AsyncIterable<Uint8Array>,
): Promise<number> {
  let lines = 0;
  let last = 0x0a;
  for await (const piece of pieces) {
    try {
      for (let at = 0; at < piece.length;) at += writeSync(file, piece, at);
    } catch (error) {
      throw unwritable(part, error);
    }
    lines += piece.filter((byte) => byte === 0x0a).length;
    last = piece.at(-1) ?? last;
  }
  if (last !== 0x0a) throw new CliError("unexpected-answer", "The export was cut off. Try again.");
  fsyncSync(file);
  return lines;
}

/** A link, unlike a rename, never takes the place of a file that came in the meantime. */
function finish(path: string, part: string): void {
  try {
    linkSync(part, path);
  } catch (error) {
    throw unwritable(path, error);
  }
}
