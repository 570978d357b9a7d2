/** What a fence's info string may be: a language, and nothing a reader would not see. */
export const PLAIN_INFO = /^[A-Za-z0-9_+#.-]{1,32}/;

/**
 * Wraps `text` in a fence of backticks longer than any run inside it, at least three.
 *
 * The result is exactly one CommonMark code block whose content is `text` (a NUL reads back as
 * U+FFFD, as everywhere in Markdown). An `info` that is not one plain word is cut to its plain
 * beginning.
 */
export function fence(text: string, info = ""): string {
  let longest = 2;
  if (text.includes("```")) {
    for (const [run] of text.matchAll(/`{3,}/g)) longest = Math.max(longest, run.length);
  }
  const mark = "`".repeat(longest + 1);
  // A line feed after a final carriage return would join it and end one line instead of two.
  const end = text.endsWith("\r") ? "\r" : "\n";
  return `${mark}${PLAIN_INFO.exec(info)?.[0] ?? ""}\n${text}${end}${mark}`;
}

/** The content of a text that is exactly what `fence` makes of it; `undefined` for all others. */
export function unfence(text: string): string | undefined {
  const [opening, mark, info] = /^(`{3,})([A-Za-z0-9_+#.-]{0,32})\n/.exec(text) ?? [];
  if (opening === undefined || mark === undefined) return undefined;
  const content = text.slice(opening.length, -mark.length - 1);
  return fence(content, info) === text ? content : undefined;
}
