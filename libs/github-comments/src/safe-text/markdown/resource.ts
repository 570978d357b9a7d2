/** Where a link points to, as it is written, and the index after it. */
export interface Target {
  readonly destination: string;
  readonly end: number;
}

const SPACE = /[ \t\r\n]*/y;
const POINTED = /<((?:\\[\s\S]|[^<>\r\n\\])*)>/y;
const TITLE = /"(?:\\[\s\S]|[^"\\])*"|'(?:\\[\s\S]|[^'\\])*'|\((?:\\[\s\S]|[^()\\])*\)/y;
const LABEL = /\[((?:\\[\s\S]|[^\\[\]]){1,999})\]/y;

/** The index after the white space at `index`. */
export function skipSpace(text: string, index: number): number {
  SPACE.lastIndex = index;
  SPACE.test(text);
  return SPACE.lastIndex;
}

/** Reads `<destination>` or a bare destination with balanced parentheses; bare ones may be empty. */
export function readDestination(text: string, index: number): Target | undefined {
  if (text[index] === "<") {
    POINTED.lastIndex = index;
    const inner = POINTED.exec(text)?.[1];
    return inner === undefined ? undefined : { destination: inner, end: POINTED.lastIndex };
  }
  let depth = 0;
  let end = index;
  for (; end < text.length; end++) {
    const code = text.charCodeAt(end);
    if (code === 0x20 || (code >= 0x09 && code <= 0x0d)) break;
    if (code < 0x20 || code === 0x7f) return undefined;
    if (code === 0x5c && /[!-/:-@[-`{-~]/.test(text.charAt(end + 1))) end++;
    if (code === 0x28) depth++;
    if (code === 0x29 && depth-- === 0) break;
    if (depth > 32) return undefined;
  }
  return depth > 0 ? undefined : { destination: text.slice(index, end), end };
}

/** The index after the quoted title at `index`, if one is there. */
export function titleEnd(text: string, index: number): number | undefined {
  TITLE.lastIndex = index;
  return TITLE.test(text) ? TITLE.lastIndex : undefined;
}

/** Reads `(destination "title")` at `index`. */
export function readResource(text: string, index: number): Target | undefined {
  if (text[index] !== "(") return undefined;
  const target = readDestination(text, skipSpace(text, index + 1));
  if (target === undefined) return undefined;
  let end = skipSpace(text, target.end);
  if (end > target.end) end = skipSpace(text, titleEnd(text, end) ?? end);
  return text[end] === ")" ? { destination: target.destination, end: end + 1 } : undefined;
}

/** Reads `[label]` at `index`, folded so that equal labels compare equal. */
export function readLabel(
  text: string,
  index: number,
): { readonly label: string; readonly end: number } | undefined {
  LABEL.lastIndex = index;
  const label = foldLabel(LABEL.exec(text)?.[1] ?? "");
  return label === "" ? undefined : { label, end: LABEL.lastIndex };
}

/** A label in the form in which CommonMark compares them: no case, single spaces. */
export function foldLabel(label: string): string {
  return label
    .replace(/[ \t\r\n]+/g, " ")
    .replace(/^ | $/g, "")
    .toLowerCase()
    .toUpperCase();
}
