import { resolve } from "node:path";

import { Turns } from "@pr-review/durable";
import { appendText, makeFolder, syncFolder } from "@pr-review/durable/file";

import type {
  AppendOutcome,
  AuditBatch,
  AuditRange,
  AuditStorage,
  StoredLog,
} from "../audit-storage.ts";
import { type FolderState, isUnchanged, lookAt, mend } from "./folder-state.ts";
import { writeHead } from "./head-file.ts";
import { cutAt, linesFromEnd, linesOf, pathOf, removeFiles } from "./log-files.ts";
import { unavailable } from "./unavailable.ts";

/** How much a folder holds. */
export interface FileAuditStorageOptions {
  /** Bytes of a file, after which another begins; 4 MiB unless told. */
  readonly maxBytes?: number;
  /** Files that are kept, 2 at least; 25 unless told. */
  readonly maxFiles?: number;
}

/**
 * Keeps records as lines of `audit-<first seq>.jsonl` and the head in `audit-head.json`, mode 0600. A batch
 * is on disk before it is acknowledged. A folder is for one process: nothing here keeps another one out.
 */
export class FileAuditStorage implements AuditStorage {
  readonly name: string;
  readonly #maxBytes: number;
  readonly #maxFiles: number;
  /** One after the other: between a look at the folder and what is done about it nothing else may happen. */
  readonly #turns = new Turns();
  #state: FolderState | undefined;

  /** The folder is made, with mode 0700, when something is written. */
  constructor(
    folder: string,
    { maxBytes = 4 * 1_024 * 1_024, maxFiles = 25 }: FileAuditStorageOptions = {},
  ) {
    this.name = resolve(folder);
    this.#maxBytes = maxBytes;
    this.#maxFiles = Math.max(2, maxFiles);
  }

  async load(): Promise<StoredLog> {
    return this.#ask(async () => (this.#state = await lookAt(this.name)));
  }

  async append(batch: AuditBatch): Promise<AppendOutcome> {
    return this.#ask(async () => this.#append(batch));
  }

  async *read({
    after = 0,
    before = Infinity,
    newestFirst = false,
  }: AuditRange): AsyncGenerator<string> {
    const { files, size } = await this.#ask(async () => this.#known());
    const inRange = files.filter(
      (first, i) => first < before && (files[i + 1] ?? Infinity) > after + 1,
    );
    try {
      for (const first of newestFirst ? inRange.toReversed() : inRange) {
        const path = pathOf(this.name, first);
        const end = first === files.at(-1) ? size : Infinity;
        yield* newestFirst ? linesFromEnd(path, end) : linesOf(path, end);
      }
    } catch (error) {
      throw unavailable(this.name, error);
    }
  }

  async trim(first: number): Promise<void> {
    await this.#ask(async () => {
      const state = await this.#known();
      const isOver = (index: number): boolean => (state.files[index + 1] ?? Infinity) <= first;
      this.#state = { ...state, files: state.files.filter((_, index) => !isOver(index)) };
      await removeFiles(
        this.name,
        state.files.filter((_, index) => isOver(index)),
      );
    });
  }

  async #append({ lines, head, expected }: AuditBatch): Promise<AppendOutcome> {
    const state = await this.#known();
    // Unknown until all is done: a failure may leave a part of it.
    this.#state = undefined;
    if (state.head !== expected || !(await isUnchanged(this.name, state))) {
      return { isAppended: false };
    }
    await makeFolder(this.name);
    const written = await this.#write(lines, await mend(this.name, state));
    await writeHead(this.name, head);
    this.#state = { ...written, head, tail: [] };
    const isFull = written.files.length > this.#maxFiles;
    return { isAppended: true, keepFrom: isFull ? written.files.at(-this.#maxFiles) : undefined };
  }

  async #write(lines: AuditBatch["lines"], state: FolderState): Promise<FolderState> {
    const [line] = lines;
    if (line === undefined) return state;
    const text = lines.map((each) => `${each.text}\n`).join("");
    const last = state.files.at(-1);
    const isOld = last !== undefined && (state.size === 0 || this.#fits(state, text));
    const first = isOld ? last : line.seq;
    const size = isOld ? state.size : 0;
    await this.#add(pathOf(this.name, first), { text, size });
    if (!isOld) await syncFolder(this.name);
    const end = size + Buffer.byteLength(text);
    const files = isOld ? state.files : [...state.files, first];
    return { ...state, files, size: end, bytes: end };
  }

  #fits({ size }: FolderState, text: string): boolean {
    return size + Buffer.byteLength(text) <= this.#maxBytes;
  }

  async #add(path: string, { text, size }: { readonly text: string; readonly size: number }) {
    try {
      await appendText(path, text);
    } catch (error) {
      // What was written of it was refused. If this fails too, the next batch begins with it.
      await cutAt(path, size).catch(() => undefined);
      throw error;
    }
  }

  async #known(): Promise<FolderState> {
    return this.#state ?? lookAt(this.name);
  }

  async #ask<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await this.#turns.take(work);
    } catch (error) {
      throw unavailable(this.name, error);
    }
  }
}
