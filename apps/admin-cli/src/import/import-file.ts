import { createHash } from "node:crypto";

import { CliError } from "../errors.ts";
import { Progress } from "../progress.ts";
import type { Session } from "../session.ts";
import { readTextFile } from "../text-file.ts";
import { badRows } from "./bad-rows.ts";
import { dryRun } from "./dry-run.ts";
import { importRows } from "./import-rows.ts";
import type { FailedRow } from "./import-rows.ts";
import { importState } from "./import-state.ts";
import { lock } from "./lock.ts";
import { readRows } from "./read-rows.ts";
import { ResultsFile } from "./results-file.ts";
import type { ImportRow } from "./row.ts";

/** Which file to import, where the keys go, and how. */
export interface ImportRequest {
  readonly file: string;
  readonly out: string;
  readonly check: boolean;
  readonly dryRun: boolean;
}

/** What became of a file; the counts are of rows. */
export interface ImportReport {
  readonly import: string;
  readonly out: string;
  readonly rows: number;
  readonly created: number;
  readonly done_before: number;
  readonly failed: readonly FailedRow[];
  /** What stopped it half-way; undefined when every row was dealt with. */
  readonly stopped: CliError | undefined;
}

/**
 * Makes a key for each row of a file, once every row has been checked here and by the server. What
 * was interrupted goes on where it stopped. Undefined for a dry run, which makes nothing.
 * @throws CliError for what is wrong before anything is made.
 */
export async function importFile(
  session: Session,
  request: ImportRequest,
): Promise<ImportReport | undefined> {
  const { stderr } = session.environment;
  const text = readInput(request.file);
  const { rows, problems } = readRows(text);
  if (problems.length > 0) throw badRows(stderr, request.file, problems);
  if (rows.length === 0) throw new CliError("invalid-file", `${request.file} has no rows.`);
  const client = await session.connect();
  const unlock = request.dryRun ? () => undefined : lock(`${request.out}.lock`);
  try {
    const input = createHash("sha256").update(text).digest("hex");
    const { state } = importState(request.out, { input, server: session.settings.url });
    const refused = await dryRun(rows, client);
    if (refused.length > 0) throw badRows(stderr, request.file, refused);
    if (request.dryRun) return undefined;
    const results = ResultsFile.open(request.out, state);
    try {
      return await run(session, rows, request, { client, results, importId: state.importId });
    } finally {
      results.close();
    }
  } finally {
    unlock();
  }
}

function readInput(file: string): string {
  const text = readTextFile(file);
  if (text !== undefined) return text;
  throw new CliError("unreadable-file", `There is no file ${file} to import.`);
}

type Means = Pick<Parameters<typeof importRows>[1], "client" | "results" | "importId">;

async function run(
  { environment }: Session,
  rows: readonly ImportRow[],
  request: ImportRequest,
  means: Means,
): Promise<ImportReport> {
  const todo = rows.filter(({ line }) => !means.results.has(line));
  const before = rows.length - todo.length;
  const progress = new Progress(environment.stderr, rows.length, "rows");
  let interrupted = false;
  const release = environment.onInterrupt(() => {
    interrupted = true;
  });
  if (before > 0) progress.show(before);
  try {
    const { created, failed, stopped } = await importRows(todo, {
      ...means,
      check: request.check ? undefined : false,
      isInterrupted: () => interrupted,
      onProgress: (done) => {
        progress.show(before + done);
      },
    });
    const counts = { rows: rows.length, created, done_before: before };
    return { import: means.importId, out: request.out, ...counts, failed, stopped };
  } finally {
    release();
    progress.end();
  }
}
