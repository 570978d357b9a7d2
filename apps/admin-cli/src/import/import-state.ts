import { randomUUID } from "node:crypto";

import { z } from "zod";

import { CliError } from "../errors.ts";
import { parseJson } from "../json.ts";
import { readTextFile } from "../text-file.ts";

/** Which import a results file is of. It lies beside that file, without a secret in it. */
export interface ImportState {
  /** Begins the reference of every key, so that a row sent twice makes one key. */
  readonly importId: string;
  /** SHA-256 of the input. */
  readonly input: string;
  readonly server: string;
}

const stateSchema = z.object({ importId: z.string(), input: z.string(), server: z.string() });

/** The file beside a results file that tells which import it is of. */
export function statePath(results: string): string {
  return `${results}.import`;
}

/**
 * The import that the results file was begun for, or a new one; `isNew` tells which.
 * @throws CliError "usage" when the results are of another input or server, or of no import at all.
 */
export function importState(
  results: string,
  { input, server, newId = randomUUID }: Omit<ImportState, "importId"> & { newId?: () => string },
): { readonly state: ImportState; readonly isNew: boolean } {
  const kept = keptState(results);
  const written = readTextFile(results);
  if (kept === undefined && written) {
    throw new CliError(
      "usage",
      `${results} is there already, and not of an import to resume. Name another file by --out.`,
    );
  }
  if (kept === undefined) return { state: { importId: newId(), input, server }, isNew: true };
  const fault = faultOf(kept, { input, server, isThere: written !== undefined });
  if (fault === undefined) return { state: kept, isNew: false };
  throw new CliError("usage", `${results} ${fault} Name another file by --out.`);
}

function keptState(results: string): ImportState | undefined {
  const path = statePath(results);
  const text = readTextFile(path);
  if (text === undefined) return undefined;
  const parsed = stateSchema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  throw new CliError(
    "unreadable-file",
    `${path} does not tell of an import. Name another file by --out.`,
  );
}

function faultOf(
  kept: ImportState,
  now: { readonly input: string; readonly server: string; readonly isThere: boolean },
): string | undefined {
  if (!now.isThere) return "is gone, though its keys were made: bring it back to go on.";
  if (kept.input !== now.input) return "holds the keys of another input, or this one has changed.";
  if (kept.server !== now.server) return `holds keys of the server at ${kept.server} .`;
  return undefined;
}
