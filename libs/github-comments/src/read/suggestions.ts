import { parseMarkdown } from "../safe-text/markdown/parse.ts";

const opening = /^ {0,3}(?:`{3,}|~{3,})[ \t]*suggestion(?::[-+\d]*)?[ \t]*$/;

/** The code of each suggestion block of a comment: what is to replace the lines it stands on. */
export function suggestionsIn(markdown: string): readonly string[] {
  if (!markdown.includes("suggestion")) return [];
  const { code = [] } = parseMarkdown(markdown) ?? {};
  return code
    .map(({ start, end }) => markdown.slice(start, end).split(/\r?\n/))
    .filter(([first = ""]) => opening.test(first))
    .map((lines) => lines.slice(1, isClosed(lines) ? -1 : undefined).join("\n"));
}

/** A block at the end of a text needs no closing fence. */
function isClosed(lines: readonly string[]): boolean {
  return lines.length > 1 && /^ {0,3}(?:`{3,}|~{3,})[ \t]*$/.test(lines.at(-1) ?? "");
}
