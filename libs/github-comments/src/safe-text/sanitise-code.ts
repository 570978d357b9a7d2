import { findInvisible } from "./code-points.ts";
import { applyEdits } from "./edits.ts";
import type { Edit } from "./edits.ts";
import { NOTHING_REMOVED } from "./removed.ts";
import type { SafeText } from "./removed.ts";

/**
 * Makes code safe to read: diff hunks, paths, suggestions. Nothing is deleted; an invisible
 * character becomes `⟦U+202E⟧`, counted in `escaped_in_code`. Clean code comes back as it is.
 */
export function sanitiseCode(code: string): SafeText {
  const edits = escapeInvisible(code);
  return edits.length === 0 ? { text: code, removed: NOTHING_REMOVED } : applyEdits(code, edits);
}

/** The edits that make every stray invisible character of `text` visible. */
export function escapeInvisible(text: string): readonly Edit[] {
  return [...findInvisible(text)].map(({ start, end }) => ({
    start,
    end,
    text: visibleEscape(text, start),
    kind: "escaped_in_code",
  }));
}

/** The character at `index` by its number, such as `⟦U+202E⟧`. */
function visibleEscape(text: string, index: number): string {
  const code = text.codePointAt(index) ?? 0;
  return `⟦U+${code.toString(16).toUpperCase().padStart(4, "0")}⟧`;
}
