import type { AdminClient } from "../client.ts";
import { CliError } from "../errors.ts";
import type { ImportRow, RowProblem } from "./row.ts";

// The server takes 1,000 rows and 1 MiB at a time.
const mostRows = 1_000;
const mostCharacters = 500_000;

/** What the server would refuse of these rows, were they sent; nothing is made. */
export async function dryRun(
  rows: readonly ImportRow[],
  client: AdminClient,
): Promise<readonly RowProblem[]> {
  const problems: RowProblem[] = [];
  for (const chunk of chunks(rows)) problems.push(...(await refused(chunk, client)));
  return problems;
}

async function refused(
  rows: readonly ImportRow[],
  client: AdminClient,
): Promise<readonly RowProblem[]> {
  try {
    await client.createMany(
      rows.map(({ token }) => token),
      { dryRun: true },
    );
    return [];
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    const told = (error.problem?.errors ?? []).flatMap(({ line = 0, field, message }) => {
      const row = rows[line - 1];
      return row === undefined ? [] : [{ line: row.line, message: `${field} ${message}` }];
    });
    if (told.length === 0) throw error;
    return told;
  }
}

function* chunks(rows: readonly ImportRow[]): Generator<readonly ImportRow[]> {
  let chunk: ImportRow[] = [];
  let characters = 0;
  for (const row of rows) {
    const size = JSON.stringify(row.token).length;
    if (chunk.length === mostRows || (chunk.length > 0 && characters + size > mostCharacters)) {
      yield chunk;
      chunk = [];
      characters = 0;
    }
    chunk.push(row);
    characters += size;
  }
  if (chunk.length > 0) yield chunk;
}
