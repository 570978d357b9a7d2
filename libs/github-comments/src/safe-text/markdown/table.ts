import type { Range } from "./content.ts";

const DELIMITER = /^\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*(?:\|[ \t]*)?$/;

/** True when `line` can be the line under a table's head that has `head` cells. */
export function isTableDelimiter(line: string, head: string): boolean {
  if (!/[|:]/.test(line) || !DELIMITER.test(line)) return false;
  return splitCells(line, 0).length === splitCells(head, 0).length;
}

/** The ranges of the cells of one table row, shifted by `offset`; a `|` splits even inside code. */
export function splitCells(row: string, offset: number): readonly Range[] {
  const cells: Range[] = [];
  let start = /^[ \t]*\|/.exec(row)?.[0].length ?? 0;
  for (let index = start; index < row.length; index++) {
    const char = row[index];
    if (char === "\\" && /^[\\|]/.test(row.slice(index + 1, index + 2))) index++;
    if (char !== "|") continue;
    cells.push({ start: offset + start, end: offset + index });
    start = index + 1;
  }
  if (/\S/.test(row.slice(start))) cells.push({ start: offset + start, end: offset + row.length });
  return cells;
}
