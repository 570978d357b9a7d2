import { readFile } from "node:fs/promises";
import { basename, dirname } from "node:path";

import { Turns } from "@pr-review/durable";
import { isMissing, removeLeftovers, replaceFile } from "@pr-review/durable/file";
import { z } from "zod";

import { LifecycleError } from "./errors.ts";
import type { Mark, Marks } from "./marks.ts";
import { MemoryMarks } from "./memory-marks.ts";
import { safeReason } from "./reason.ts";

const content = z.record(z.string(), z.number());

/** What a file of marks is told beside its path. */
export interface FileMarksOptions {
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
  /** Hears that the file could not be read and is begun anew, at worst for second warnings. */
  readonly onDamaged?: () => void;
}

/** Marks of one process, in a file that is replaced whole (mode 0600). */
export class FileMarks implements Marks {
  readonly #path: string;
  readonly #now: () => number;
  readonly #kept: Map<string, number>;
  readonly #marks: MemoryMarks;
  readonly #turns = new Turns();

  private constructor(path: string, kept: readonly Mark[], now: () => number) {
    this.#path = path;
    this.#now = now;
    this.#kept = new Map(kept.map(({ id, until }) => [id, until]));
    this.#marks = new MemoryMarks({ now, kept });
  }

  /** Reads the file if there is one; its folder must be there. */
  static async open(path: string, options: FileMarksOptions = {}): Promise<FileMarks> {
    const { now = Date.now, onDamaged = () => undefined } = options;
    return new FileMarks(path, await readMarks(path, onDamaged), now);
  }

  async claim(ids: readonly string[]): Promise<ReadonlySet<string>> {
    return this.#marks.claim(ids);
  }

  async keep(marks: readonly Mark[]): Promise<void> {
    await this.#marks.keep(marks);
    for (const { id, until } of marks) this.#kept.set(id, until);
    // A claim is not written, for none outlives its process.
    await this.#turns.take(async () => this.#write());
  }

  async release(ids: readonly string[]): Promise<void> {
    await this.#marks.release(ids);
  }

  async #write(): Promise<void> {
    const now = this.#now();
    for (const [id, until] of this.#kept) if (until <= now) this.#kept.delete(id);
    try {
      const text = JSON.stringify(Object.fromEntries(this.#kept));
      await replaceFile(this.#path, `${text}\n`);
    } catch (error) {
      throw unavailable(error);
    }
  }
}

async function readMarks(path: string, onDamaged: () => void): Promise<readonly Mark[]> {
  try {
    await removeLeftovers(dirname(path), (name) => name === basename(path));
    const parsed = content.parse(JSON.parse(await readFile(path, "utf8")));
    return Object.entries(parsed).map(([id, until]) => ({ id, until }));
  } catch (error) {
    if (!isMissing(error)) onDamaged();
    return [];
  }
}

function unavailable(error: unknown): LifecycleError {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return new LifecycleError("marks-unavailable", safeReason(code));
}
