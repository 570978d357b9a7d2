import { readFile, stat } from "node:fs/promises";

import { appendText, isMissing } from "@pr-review/durable/file";

import { seqOf } from "../audit-record.ts";
import { endOf } from "./file-end.ts";
import { readHead } from "./head-file.ts";
import { cutAt, listFiles, pathOf } from "./log-files.ts";

/** A folder as it was last seen. */
export interface FolderState {
  readonly head: string | undefined;
  /** The lines behind the last one that the head counts. */
  readonly tail: readonly string[];
  /** The first seq of each file, in their order. */
  readonly files: readonly number[];
  /** Bytes of the last file. */
  readonly bytes: number;
  /** How many of them count; the others are torn. */
  readonly size: number;
  /** Whether the last line that counts lacks its line feed. */
  readonly isOpen: boolean;
}

/** Looks at a folder and changes nothing; one that is not there is empty. */
export async function lookAt(folder: string): Promise<FolderState> {
  // The head first: what is written meanwhile is then behind it, as after a crash.
  const head = await readHead(folder);
  const files = await filesOf(folder);
  const first = files.at(-1);
  if (first === undefined) return { head, tail: [], files, bytes: 0, size: 0, isOpen: false };
  const bytes = await readFile(pathOf(folder, first));
  const end = endOf(bytes, { first, end: seqOf(head ?? "") ?? 0 });
  return { head, files, bytes: bytes.length, ...end };
}

/** The first seq of every file, none where there is no folder. */
export async function filesOf(folder: string): Promise<readonly number[]> {
  try {
    return await listFiles(folder);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

/** Whether nobody has written since. */
export async function isUnchanged(folder: string, state: FolderState): Promise<boolean> {
  if ((await readHead(folder)) !== state.head) return false;
  const last = state.files.at(-1);
  return last === undefined || (await sizeOf(pathOf(folder, last))) === state.bytes;
}

/** Removes what a crash has torn, and ends the last line: only then can another line follow. */
export async function mend(folder: string, state: FolderState): Promise<FolderState> {
  const last = state.files.at(-1);
  if (last === undefined) return state;
  const path = pathOf(folder, last);
  if (state.size < state.bytes) await cutAt(path, state.size);
  if (!state.isOpen) return { ...state, bytes: state.size };
  await appendText(path, "\n");
  return { ...state, bytes: state.size + 1, size: state.size + 1, isOpen: false };
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (isMissing(error)) return -1;
    throw error;
  }
}
