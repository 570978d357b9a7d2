import { readDestination, readLabel, skipSpace, titleEnd } from "./resource.ts";

/** One `[label]: destination "title"`, with its place in the paragraph's text. */
export interface Definition {
  readonly label: string;
  readonly destination: string;
  readonly start: number;
  readonly end: number;
}

/** The link reference definitions (CommonMark 0.31 § 4.7) a paragraph starts with, in order. */
export function readDefinitions(text: string): readonly Definition[] {
  const definitions: Definition[] = [];
  let next = readDefinition(text, 0);
  while (next !== undefined) {
    definitions.push(next);
    next =
      text[next.end] === "\n" ? readDefinition(text, skipSpace(text, next.end + 1)) : undefined;
  }
  return definitions;
}

function readDefinition(text: string, start: number): Definition | undefined {
  const label = text[start] === "[" ? readLabel(text, start) : undefined;
  if (label === undefined || text[label.end] !== ":") return undefined;
  const from = skipSpace(text, label.end + 1);
  const target = readDestination(text, from);
  if (target === undefined || target.end === from) return undefined;
  const end = endAfterTitle(text, target.end) ?? lineEnd(text, target.end);
  if (end === undefined) return undefined;
  return { label: label.label, destination: target.destination, start, end };
}

/** A title that is followed by more text on its line is no title. */
function endAfterTitle(text: string, index: number): number | undefined {
  const start = skipSpace(text, index);
  if (start === index) return undefined;
  const end = titleEnd(text, start);
  return end === undefined ? undefined : lineEnd(text, end);
}

function lineEnd(text: string, index: number): number | undefined {
  const end =
    index +
    (/^[ \t]*/.exec(text.slice(index, text.indexOf("\n", index) + 1 || undefined))?.[0].length ??
      0);
  return end === text.length || text[end] === "\n" ? end : undefined;
}
