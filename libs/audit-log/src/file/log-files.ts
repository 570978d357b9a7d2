import { createReadStream } from "node:fs";
import { readdir, rm, truncate } from "node:fs/promises";
import { join } from "node:path";

import { appendText, isMissing, syncFolder } from "@pr-review/durable/file";

const shape = /^audit-(\d{6,})\.jsonl$/;

/** Where the records from `first` on lie: `audit-000001.jsonl`. */
export function pathOf(folder: string, first: number): string {
  return join(folder, `audit-${String(first).padStart(6, "0")}.jsonl`);
}

/** The first seq of every file of a folder, in their order. */
export async function listFiles(folder: string): Promise<readonly number[]> {
  const names = await readdir(folder);
  const firsts = names.flatMap((name) => shape.exec(name)?.slice(1).map(Number) ?? []);
  return firsts.toSorted((a, b) => a - b);
}

/** Cuts a file off behind its first `size` bytes. */
export async function cutAt(path: string, size: number): Promise<void> {
  await truncate(path, size);
  await appendText(path, "");
}

/** Removes files, the first one first: what is left has no gap. */
export async function removeFiles(folder: string, firsts: readonly number[]): Promise<void> {
  for (const first of firsts) await rm(pathOf(folder, first), { force: true });
  if (firsts.length > 0) await syncFolder(folder);
}

/** The lines in the first `size` bytes of a file, none when it is gone. Only a line feed ends a line. */
export async function* linesOf(path: string, size = Infinity): AsyncGenerator<string> {
  if (size === 0) return;
  let rest = "";
  try {
    for await (const chunk of createReadStream(path, { encoding: "utf8", end: size - 1 })) {
      const lines = `${rest}${String(chunk)}`.split("\n");
      rest = lines.pop() ?? "";
      yield* lines;
    }
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
  if (rest !== "") yield rest;
}

/** The same lines, the last one first; holds the whole file. */
export async function* linesFromEnd(path: string, size: number): AsyncGenerator<string> {
  const lines: string[] = [];
  for await (const line of linesOf(path, size)) lines.push(line);
  yield* lines.toReversed();
}
