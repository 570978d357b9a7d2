import { CsvError, parse } from "csv-parse/sync";
import { z } from "zod";

import { checkRows, rowFields } from "./row.ts";
import type { ImportRows, RowProblem } from "./row.ts";

const records = z.array(
  z.object({ record: z.array(z.string()), info: z.object({ lines: z.int() }) }),
);
const lists: ReadonlySet<string> = new Set(["scopes", "allowed_repos", "allowed_ips"]);
const booleans: ReadonlyMap<string, boolean> = new Map([
  ["true", true],
  ["false", false],
]);

interface Line {
  readonly line: number;
  readonly cells: readonly string[];
}

/**
 * The rows of a CSV text (RFC 4180) whose first line names the columns. Blank cells are absent;
 * lists are parted by blanks or semicolons.
 */
export function csvRows(text: string): ImportRows {
  const { lines, problem } = csvLines(text);
  if (problem !== undefined) return { rows: [], problems: [problem] };
  const [header, ...body] = lines;
  if (header === undefined) return { rows: [], problems: [] };
  const problems = headerProblems(header);
  if (problems.length > 0) return { rows: [], problems };
  const columns = header.cells;
  const uneven = body
    .filter(({ cells }) => cells.length !== columns.length)
    .map(({ line, cells }) => ({
      line,
      message: `has ${cells.length} values, and the header has ${columns.length}`,
    }));
  const even = body.filter(({ cells }) => cells.length === columns.length);
  const checked = checkRows(
    even.map(({ line, cells }) => ({ line, value: value(columns, cells) })),
  );
  const all = [...uneven, ...checked.problems].toSorted((a, b) => a.line - b.line);
  return { rows: checked.rows, problems: all };
}

function csvLines(text: string): {
  readonly lines: readonly Line[];
  readonly problem?: RowProblem;
} {
  // Line ends that differ within a file would be counted twice.
  const unified = text.replaceAll(/\r\n?/g, "\n");
  const options = { bom: true, info: true, trim: true, relax_column_count: true };
  const skip = { skip_records_with_empty_values: true };
  try {
    const parsed = records.parse(parse(unified, { ...options, ...skip }));
    return {
      lines: parsed.map(({ record, info }) => ({ line: start(record, info.lines), cells: record })),
    };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const quote = error.code.includes("QUOTE");
    const message = quote ? 'has a " out of place, or one that is never closed' : "is not CSV";
    return { lines: [], problem: { line: Number(error["lines"]), message } };
  }
}

/** A record is reported by the line it ends on. */
function start(cells: readonly string[], end: number): number {
  return end - cells.reduce((breaks, cell) => breaks + cell.split("\n").length - 1, 0);
}

function headerProblems({ line, cells }: Line): readonly RowProblem[] {
  const known = rowFields.join(", ");
  if (!cells.every((name) => rowFields.includes(name))) {
    return [{ line, message: `must name columns, each one of ${known}` }];
  }
  const repeated = cells.find((name, index) => cells.indexOf(name) !== index);
  return repeated === undefined ? [] : [{ line, message: `names the column ${repeated} twice` }];
}

function value(columns: readonly string[], cells: readonly string[]): object {
  const pairs = columns.map((name, index) => [name, cells[index] ?? ""] as const);
  return Object.fromEntries(
    pairs.filter(([, cell]) => cell !== "").map(([name, cell]) => [name, valueOf(name, cell)]),
  );
}

function valueOf(name: string, cell: string): unknown {
  if (lists.has(name)) return cell.split(/[\s;]+/).filter((word) => word !== "");
  if (name === "rate_limit") return Number(cell);
  return name === "read_only" ? (booleans.get(cell) ?? cell) : cell;
}
