import { constants, copyFileSync, existsSync, statSync } from "node:fs";

import { CliError } from "../errors.ts";
import { unwritable } from "../file-error.ts";
import { leadsTo, replaceFile } from "../replace-file.ts";
import { readTextFile } from "../text-file.ts";

/** What became of a configuration file. */
export interface Written {
  readonly changed: boolean;
  /** Where the file of before is, if there was one. */
  readonly backup: string | undefined;
}

/**
 * Merges something into a configuration file, or makes it, in one step; a copy of the file of before
 * stays beside it. With `secret` only the owner may read it afterwards.
 * @throws CliError "invalid-file" for a file `merge` cannot read, "unreadable-file",
 * "unwritable-file"; the file is as it was then.
 */
export function writeConfig(
  path: string,
  merge: (text: string) => string,
  { secret = false, now = Date.now } = {},
): Written {
  const before = readTextFile(path);
  const after = merged(path, before ?? "", merge);
  if (after === before) return { changed: false, backup: undefined };
  const target = leadsTo(path);
  const backup = before === undefined ? undefined : keepCopy(target, now());
  const mode = existsSync(target) ? statSync(target).mode & 0o777 : 0o644;
  replaceFile(path, after, { mode: secret ? 0o600 : mode });
  return { changed: true, backup };
}

function merged(path: string, text: string, merge: (text: string) => string): string {
  try {
    return merge(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : "it cannot be read";
    throw new CliError(
      "invalid-file",
      `${path}: ${reason}. Nothing was changed; mend it, or add what this prints without --write by hand.`,
    );
  }
}

function keepCopy(path: string, now: number): string {
  const stamp = new Date(now).toISOString().replaceAll(":", "-");
  const backup = `${path}.${stamp}.bak`;
  try {
    copyFileSync(path, backup, constants.COPYFILE_EXCL);
    return backup;
  } catch (error) {
    throw unwritable(backup, error);
  }
}
