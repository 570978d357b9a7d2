import type { Range } from "./markdown/content.ts";
import { NOTHING_REMOVED } from "./removed.ts";
import type { RemovedKind, SafeText } from "./removed.ts";

/** One replacement in the source. Where edits overlap, the one that starts first wins whole. */
export interface Edit extends Range {
  readonly text: string;
  /** What the edit counts as; the second half of a pair counts as nothing. */
  readonly kind?: RemovedKind;
  /** True when the words on both sides must not run together. */
  readonly gap?: boolean;
}

/** Applies `edits` in one pass; every byte outside them stays as it is. */
export function applyEdits(source: string, edits: readonly Edit[]): SafeText {
  const removed = { ...NOTHING_REMOVED };
  const parts = new Parts();
  let position = 0;
  for (const edit of edits.toSorted(byPlace)) {
    if (edit.start < position) continue;
    parts.add(source.slice(position, edit.start));
    parts.add(edit.text);
    if (edit.gap === true) parts.gap = true;
    if (edit.kind !== undefined) removed[edit.kind]++;
    position = edit.end;
  }
  parts.add(source.slice(position));
  return { text: parts.join(), removed };
}

function byPlace(one: Edit, other: Edit): number {
  if (one.start !== other.start) return one.start - other.start;
  const insertions = Number(one.end > one.start) - Number(other.end > other.start);
  return insertions === 0 ? other.end - one.end : insertions;
}

class Parts {
  gap = false;
  readonly #parts: string[] = [];

  add(part: string): void {
    if (part === "") return;
    const glued = /\S$/.test(this.#parts.at(-1) ?? "") && /^\S/.test(part);
    if (this.gap && glued) this.#parts.push(" ");
    this.#parts.push(part);
    this.gap = false;
  }

  join(): string {
    return this.#parts.join("");
  }
}
