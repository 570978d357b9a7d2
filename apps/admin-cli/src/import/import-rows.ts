import type { BulkResult } from "../answers/bulk.ts";
import type { AdminClient } from "../client.ts";
import { CliError } from "../errors.ts";
import { patiently } from "./patiently.ts";
import type { ImportedKey, ResultsFile } from "./results-file.ts";
import type { ImportRow } from "./row.ts";

/** What rows are made into keys with. */
export interface ImportOptions {
  readonly client: AdminClient;
  readonly importId: string;
  readonly results: ResultsFile;
  /** False to keep the server from asking GitHub about each token. */
  readonly check: boolean | undefined;
  /** Whether to stop after the batch under way. */
  readonly isInterrupted: () => boolean;
  /** Told after each batch how many rows have been dealt with. */
  readonly onProgress: (rows: number) => void;
}

/** A row for which no key was made, and why. */
export interface FailedRow {
  readonly line: number;
  readonly code: string;
  readonly detail: string;
}

/** What became of the rows that were sent. */
export interface Imported {
  readonly created: number;
  readonly failed: readonly FailedRow[];
  /** What stopped it half-way; undefined when every row was dealt with. */
  readonly stopped: CliError | undefined;
}

const batchSize = 25;

/**
 * Makes a key for each row, batch by batch; a batch is sent when the keys of the one before are on
 * the disk. What stops it is told, not thrown: the keys made by then are in the file.
 */
export async function importRows(
  rows: readonly ImportRow[],
  options: ImportOptions,
): Promise<Imported> {
  const failed: FailedRow[] = [];
  let created = 0;
  for (let at = 0; at < rows.length; at += batchSize) {
    if (options.isInterrupted()) return { created, failed, stopped: interrupted() };
    const batch = rows.slice(at, at + batchSize);
    try {
      const made = await makeKeys(batch, options);
      options.results.append(made.keys);
      created += made.keys.length;
      failed.push(...made.failed);
    } catch (error) {
      if (!(error instanceof CliError)) throw error;
      return { created, failed, stopped: error };
    }
    options.onProgress(at + batch.length);
  }
  return { created, failed, stopped: undefined };
}

function interrupted(): CliError {
  return new CliError("cancelled", "Interrupted.");
}

async function makeKeys(
  batch: readonly ImportRow[],
  options: ImportOptions,
): Promise<{ readonly keys: readonly ImportedKey[]; readonly failed: readonly FailedRow[] }> {
  const first = await send(batch, options);
  const lost = first.filter(({ result }) => result.status === "exists");
  // Made before, by a call whose answer was lost: their secrets can never be shown again.
  for (const { result } of lost) await forget(result, options.client);
  const again =
    lost.length === 0
      ? []
      : await send(
          lost.map(({ row }) => row),
          options,
        );
  const settled = [...first.filter(({ result }) => result.status !== "exists"), ...again];
  const keys: ImportedKey[] = [];
  const failed: FailedRow[] = [];
  for (const { row, result } of settled) {
    const key = keyOf(row, result);
    if (key === undefined) failed.push(failure(row, result));
    else keys.push(key);
  }
  return { keys, failed };
}

interface Sent {
  readonly row: ImportRow;
  readonly result: BulkResult;
}

async function send(
  rows: readonly ImportRow[],
  { client, importId, check }: ImportOptions,
): Promise<readonly Sent[]> {
  const tokens = rows.map(({ line, token }) => ({ ...token, reference: `${importId}/${line}` }));
  const { results } = await patiently(() => client.createMany(tokens, { check }));
  const ofLine = new Map(results.map((result) => [result.line, result]));
  return rows.map((row, index) => {
    const result = ofLine.get(index + 1);
    if (result !== undefined) return { row, result };
    throw new CliError("unexpected-answer", `The server says nothing of line ${row.line}.`);
  });
}

async function forget({ key_id: id }: BulkResult, client: AdminClient): Promise<void> {
  if (!id) return;
  try {
    await patiently(() => client.delete(id));
  } catch (error) {
    if (!(error instanceof CliError) || error.code !== "not-found") throw error;
  }
}

function keyOf({ line, token }: ImportRow, result: BulkResult): ImportedKey | undefined {
  const { status, key_id, mcp_key } = result;
  if (status !== "created" || !key_id || !mcp_key) return undefined;
  return { line, user_id: token.user_id, key_id, mcp_key };
}

function failure({ line }: ImportRow, { status, code, detail }: BulkResult): FailedRow {
  return { line, code: code ?? status, detail: detail ?? "The server gives no reason." };
}
