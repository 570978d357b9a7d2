import { removals } from "./characters.ts";
import { applyEdits } from "./edits.ts";

/**
 * Makes a login, path or title safe to show on one line: line breaks and tabs become one space,
 * invisible and control characters go. Everything visible stays, markup included.
 */
export function sanitiseLine(text: string): string {
  const line = text.replace(/[\t\r\n\u2028\u2029\x85]+/g, " ");
  return applyEdits(line, removals(line)).text;
}
