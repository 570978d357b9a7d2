import { CliError } from "../errors.ts";
import { plainText } from "../plain-text.ts";
import { Progress } from "../progress.ts";
import type { Session } from "../session.ts";
import { readTextFile } from "../text-file.ts";

/** What became of the sealed records of a file, by line. */
export interface SealedReport {
  readonly imported: number;
  readonly exists: number;
  readonly failed: readonly {
    readonly line: number;
    readonly code: string;
    readonly detail: string;
  }[];
}

// The server takes 1 MiB at a time; a record has about one KiB.
const batchSize = 200;

/**
 * Puts the sealed records of an export back. Those that are there already stay as they are, so that
 * an interrupted import is simply run again.
 * @throws CliError "invalid-file" for a file that is no export; as AdminClient does.
 */
export async function importSealed(session: Session, file: string): Promise<SealedReport> {
  const lines = sealedLines(file);
  const client = await session.connect();
  const progress = new Progress(session.environment.stderr, lines.length, "records");
  const failed: SealedReport["failed"][number][] = [];
  let [imported, exists] = [0, 0];
  for (let at = 0; at < lines.length; at += batchSize) {
    const batch = lines.slice(at, at + batchSize);
    const answer = await client.importRecords(`${batch.join("\n")}\n`);
    imported += answer.imported;
    exists += answer.exists;
    for (const { line, code, detail } of answer.failed) {
      failed.push({ line: at + line, code, detail: plainText(detail ?? "") });
    }
    progress.show(at + batch.length);
  }
  progress.end();
  return { imported, exists, failed };
}

function sealedLines(file: string): readonly string[] {
  const text = readTextFile(file);
  if (text === undefined) {
    throw new CliError("unreadable-file", `There is no file ${file} to import.`);
  }
  const lines = text.split("\n").slice(0, -1);
  const wrong = text.endsWith("\n") ? lines.findIndex((line) => !isObject(line)) : lines.length;
  if (wrong === -1 && lines.length > 0) return lines;
  throw new CliError(
    "invalid-file",
    `${file}, line ${wrong === -1 ? 1 : wrong + 1}: is no sealed record, or is cut off. Nothing was done.`,
  );
}

function isObject(line: string): boolean {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null;
  } catch {
    return false;
  }
}
