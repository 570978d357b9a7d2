import Table from "cli-table3";

import type { Output } from "./environment.ts";
import { plainJson, plainText } from "./plain-text.ts";

/** A cell of a table: null stands for a value the server does not have, shown as "-". */
export type Cell = string | null;

/** Writes a value as indented JSON and a newline, for scripts. */
export function printJson(output: Output, value: unknown): void {
  output.write(`${plainJson(value)}\n`);
}

/**
 * Writes a table with one line for each row, its cells freed of control characters.
 * Colours show on a terminal only.
 */
export function printTable(
  output: Output,
  head: readonly string[],
  rows: readonly (readonly Cell[])[],
  { color = false }: { readonly color?: boolean } = {},
): void {
  const table = new Table({
    head: head.map((title) => (color && output.isTTY ? bold(title) : title)),
    // The table's own colours would follow the process, not the settings.
    style: { head: [], border: [], compact: true },
  });
  table.push(...rows.map((row) => row.map((cell) => (cell === null ? "-" : plainText(cell)))));
  output.write(`${table.toString()}\n`);
}

/** Writes a table of names and values, one a line, cleaned and coloured like printTable. */
export function printFields(
  output: Output,
  fields: readonly (readonly [string, Cell])[],
  { color = false }: { readonly color?: boolean } = {},
): void {
  const table = new Table({ style: { head: [], border: [], compact: true } });
  for (const [name, value] of fields) {
    table.push([
      color && output.isTTY ? bold(name) : name,
      value === null ? "-" : plainText(value),
    ]);
  }
  output.write(`${table.toString()}\n`);
}

function bold(text: string): string {
  return `\u001B[1m${text}\u001B[22m`;
}
