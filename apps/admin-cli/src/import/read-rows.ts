import { z } from "zod";

import { parseJson } from "../json.ts";
import { csvRows } from "./csv-rows.ts";
import { checkRows } from "./row.ts";
import type { ImportRows } from "./row.ts";

const list = z.array(z.unknown());
const wrapped = z.object({ tokens: list }).transform(({ tokens }) => tokens);
const jsonRows = z.union([list, wrapped]);

/**
 * The rows of a file: JSON when its text begins as a list or an object does (a list of rows, or
 * `{"tokens": [...]}`; the rows count as lines from 1), else CSV.
 */
export function readRows(text: string): ImportRows {
  if (!/^\uFEFF?\s*[[{]/.test(text)) return csvRows(text);
  const parsed = jsonRows.safeParse(parseJson(text.replace(/^\uFEFF/, "")));
  if (parsed.success) {
    return checkRows(parsed.data.map((value, index) => ({ line: index + 1, value })));
  }
  return { rows: [], problems: [{ line: 1, message: "must begin a JSON list of rows" }] };
}
