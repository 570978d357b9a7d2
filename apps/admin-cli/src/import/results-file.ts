import {
  closeSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
  writeSync,
} from "node:fs";

import { CliError } from "../errors.ts";
import { fileReason, unwritable } from "../file-error.ts";
import { statePath } from "./import-state.ts";
import type { ImportState } from "./import-state.ts";

/** A key that was made for a line of the input. */
export interface ImportedKey {
  readonly line: number;
  readonly user_id: string | undefined;
  readonly key_id: string;
  readonly mcp_key: string;
}

const header = "line,user_id,key_id,mcp_key\n";

/** The CSV file the keys of an import are written to, and which tells what is done already. */
export class ResultsFile {
  readonly #path: string;
  readonly #file: number;
  readonly #done: ReadonlySet<number>;

  private constructor(path: string, file: number, done: ReadonlySet<number>) {
    this.#path = path;
    this.#file = file;
    this.#done = done;
  }

  /**
   * Opens the file, of mode 0600, for an import; a line that a crash cut off is cut away.
   * @throws CliError "unwritable-file".
   */
  static open(path: string, state: ImportState): ResultsFile {
    try {
      const file = openSync(path, "a", 0o600);
      const marked = statePath(path);
      writeFileSync(`${marked}.new`, `${JSON.stringify(state)}\n`, { mode: 0o600, flush: true });
      renameSync(`${marked}.new`, marked);
      const { length, done } = written(path);
      ftruncateSync(file, length);
      if (length === 0) append(file, header);
      return new ResultsFile(path, file, done);
    } catch (error) {
      throw unwritable(path, error);
    }
  }

  /** Whether the key of that line is in the file. */
  has(line: number): boolean {
    return this.#done.has(line);
  }

  /**
   * Adds keys; they are on the disk when it returns.
   * @throws CliError "partly-done": the keys were made and are not in the file.
   */
  append(keys: readonly ImportedKey[]): void {
    try {
      append(this.#file, keys.map(lineOf).join(""));
    } catch (error) {
      throw new CliError(
        "partly-done",
        `Cannot write ${this.#path} (${fileReason(error)}). Make room, and run the same command again to go on.`,
      );
    }
  }

  /** Closes the file. */
  close(): void {
    closeSync(this.#file);
  }
}

function append(file: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
  fsyncSync(file);
}

/** How much of the file is whole lines, in bytes, and the lines of the input they are of. */
function written(path: string): { readonly length: number; readonly done: ReadonlySet<number> } {
  const bytes = readFileSync(path);
  const length = bytes.lastIndexOf("\n") + 1;
  const lines = bytes.subarray(0, length).toString().split("\n").slice(1, -1);
  return { length, done: new Set(lines.map((line) => Number.parseInt(line, 10))) };
}

function lineOf({ line, user_id: user = "", key_id: id, mcp_key: key }: ImportedKey): string {
  return `${[String(line), user, id, key].map(cell).join(",")}\n`;
}

/** A cell that begins like a formula would be run by a spreadsheet. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
