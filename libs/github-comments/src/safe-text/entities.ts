import { invisibleKind } from "./code-points.ts";
import type { Edit } from "./edits.ts";

/** Every HTML entity that stands for an invisible character alone. */
const INVISIBLE_NAMES: ReadonlyMap<string, string> = new Map([
  ...["ZeroWidthSpace", "NegativeVeryThinSpace", "NegativeThinSpace", "NegativeMediumSpace"].map(
    (name) => [name, "\u200B"] as const,
  ),
  ["NegativeThickSpace", "\u200B"],
  ["zwnj", "\u200C"],
  ["zwj", "\u200D"],
  ["lrm", "\u200E"],
  ["rlm", "\u200F"],
  ["NoBreak", "\u2060"],
  ["ApplyFunction", "\u2061"],
  ["af", "\u2061"],
  ["InvisibleTimes", "\u2062"],
  ["it", "\u2062"],
  ["InvisibleComma", "\u2063"],
  ["ic", "\u2063"],
  ["shy", "\u00AD"],
]);

const ENTITY = /(?<!\\)((?:\\\\)*)&(?:#[xX]([0-9a-fA-F]{1,6})|#([0-9]{1,7})|([A-Za-z]{2,31}));/g;

/** Raw HTML forgives what Markdown does not: no semicolon, any number of digits, no backslashes. */
const HTML_ENTITY = /()&(?:#[xX]0*([0-9a-fA-F]{1,6})|#0*([0-9]{1,7})|([A-Za-z]{2,31}(?=;)|shy));?/g;

/** Removals of the entities in `text` that stand for invisible characters; visible ones stay as written. */
export function hiddenEntities(text: string, { html = false } = {}): readonly Edit[] {
  if (!text.includes("&")) return [];
  const edits: Edit[] = [];
  for (const { 0: whole, 1: slashes = "", 2: hex, 3: decimal, 4: name, index } of text.matchAll(
    html ? HTML_ENTITY : ENTITY,
  )) {
    const kind = invisibleKind(character(hex, decimal, name));
    if (kind === undefined) continue;
    edits.push({ start: index + slashes.length, end: index + whole.length, text: "", kind });
  }
  return edits;
}

function character(
  hex: string | undefined,
  decimal: string | undefined,
  name: string | undefined,
): string {
  if (name !== undefined) return INVISIBLE_NAMES.get(name) ?? "";
  const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
  return code > 0x10ffff ? "" : String.fromCodePoint(code);
}
