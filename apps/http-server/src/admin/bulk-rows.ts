import { CsvError, parse } from "csv-parse/sync";
import { z } from "zod";

import { type FieldProblem, RequestError } from "../request-error.ts";
import { bodyError } from "./fields.ts";
import { type Grant, grant } from "./grant.ts";

/** One key to make, and where it stood: the line of a CSV file, or the place in a list, from 1. */
export interface BulkRow {
  readonly line: number;
  readonly grant: Grant;
}

/** What is wrong with a row. */
export interface RowProblem extends FieldProblem {
  readonly line: number;
}

const mostRows = 1_000;
/** Each entry is checked apart, so that all that is wrong is told. */
const bulkBody = z.strictObject(
  { tokens: z.array(z.unknown(), { error: "must be a list" }) },
  bodyError,
);
const csvRecord = z.object({
  record: z.record(z.string(), z.string()),
  info: z.object({ lines: z.number() }),
});

type RawRow = { readonly line: number; readonly value: unknown };

/**
 * The rows of a bulk creation, from CSV (a text) or JSON. Throws `invalid-request` that names every row at
 * fault by its line: two for the same creation are a fault too.
 */
export function bulkRows(body: unknown): readonly BulkRow[] {
  const raw = typeof body === "string" ? csvRows(body) : jsonRows(body);
  if (raw.length === 0) throw new RequestError("invalid-request", "There are no rows. Send some.");
  if (raw.length > mostRows) {
    throw new RequestError(
      "invalid-request",
      `There are over ${mostRows} rows. Send fewer at once.`,
    );
  }
  const rows: BulkRow[] = [];
  const problems: RowProblem[] = [];
  const seen = new Map<string, number>();
  for (const { line, value } of raw) {
    const { data, error } = grant.safeParse(value);
    if (data === undefined) {
      const { fields } = RequestError.fromFields(error);
      problems.push(...fields.map((field) => ({ line, ...field })));
      continue;
    }
    const same = sameness(data);
    const earlier = seen.get(same);
    if (earlier === undefined) seen.set(same, line);
    else problems.push({ line, field: "github_token", message: `repeats line ${earlier}` });
    rows.push({ line, grant: data });
  }
  if (problems.length === 0) return rows;
  const [{ line, field, message } = { line: 0, field: "", message: "" }] = problems;
  const more = problems.length > 1 ? `, and ${problems.length - 1} more` : "";
  throw new RequestError("invalid-request", `line ${line}: ${field} ${message}${more}.`, problems);
}

function sameness({ reference, mcp_key, user_id, github_host, github_token }: Grant): string {
  return JSON.stringify(reference ?? mcp_key ?? [user_id, github_host, github_token]);
}

function jsonRows(body: unknown): readonly RawRow[] {
  const { data, error } = bulkBody.safeParse(body);
  if (data === undefined) throw RequestError.fromFields(error);
  return data.tokens.map((value, index) => ({ line: index + 1, value }));
}

/** Cells that are blank are absent; lists are parted by blanks or semicolons. */
function csvRows(text: string): readonly RawRow[] {
  const options = { bom: true, columns: true, info: true, trim: true, skip_empty_lines: true };
  try {
    const records = z.array(csvRecord).parse(parse(text, options));
    return records.map(({ record, info }) => ({ line: info.lines, value: valuesIn(record) }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = Number(error["lines"]);
    const problem = { line, field: "row", message: "is not CSV that fits the header" };
    throw new RequestError("invalid-request", `line ${line}: ${problem.message}.`, [problem]);
  }
}

function valuesIn(record: Readonly<Record<string, string>>): object {
  const cells = Object.entries(record).filter(([, cell]) => cell !== "");
  return Object.fromEntries(cells.map(([name, cell]) => [name, valueOf(name, cell)]));
}

function valueOf(name: string, cell: string): unknown {
  if (["scopes", "allowed_repos", "allowed_ips"].includes(name)) return cell.split(/[\s;]+/);
  if (name === "rate_limit") return Number(cell);
  if (name === "read_only") return cell === "true" || (cell === "false" ? false : cell);
  return cell;
}
