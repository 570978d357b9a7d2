import { closeSync, openSync, readFileSync, unlinkSync, writeSync } from "node:fs";

import { CliError } from "../errors.ts";
import { fileReason, unwritable } from "../file-error.ts";

/**
 * Keeps a second import from writing the same files: holds `path`, which names this process, until
 * the function returned is called. What a killed process left behind is taken over.
 * @throws CliError "usage" while another process holds it, "unwritable-file".
 */
export function lock(path: string): () => void {
  take(path, holder(path));
  return () => {
    unlinkSync(path);
  };
}

function take(path: string, former: number | undefined): void {
  if (former !== undefined && isRunning(former)) {
    throw new CliError(
      "usage",
      `Another import (process ${former}) is writing these files. Wait for it, or remove ${path} if it is gone.`,
    );
  }
  try {
    if (former !== undefined) unlinkSync(path);
    const file = openSync(path, "wx", 0o600);
    writeSync(file, String(process.pid));
    closeSync(file);
  } catch (error) {
    throw unwritable(path, error);
  }
}

function holder(path: string): number | undefined {
  try {
    return Number(readFileSync(path, "utf8"));
  } catch (error) {
    if (fileReason(error) === "ENOENT") return undefined;
    throw unwritable(path, error);
  }
}

function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return fileReason(error) === "EPERM";
  }
}
