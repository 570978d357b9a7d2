import { readFile } from "node:fs/promises";
import { basename, dirname } from "node:path";

import { isMissing, makeFolder, removeLeftovers, replaceFile } from "@pr-review/durable/file";

import { unavailable } from "./unavailable.ts";

/** A file that its owner alone can read (mode 0600). */
export class PrivateFile {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  /** Its text; `undefined` where there is no such file. Throws `store-unavailable`. */
  async read(): Promise<string | undefined> {
    try {
      return await readFile(this.path, "utf8");
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw unavailable(this.path, error);
    }
  }

  /**
   * Replaces it whole, in a folder that is made (mode 0700) if need be, and resolves once the text would survive a
   * power cut. Throws `store-unavailable`, with what was there before untouched.
   */
  async write(text: string): Promise<void> {
    try {
      const folder = dirname(this.path);
      await makeFolder(folder);
      await removeLeftovers(folder, (name) => name === basename(this.path));
      await replaceFile(this.path, text);
    } catch (error) {
      throw unavailable(this.path, error);
    }
  }
}
