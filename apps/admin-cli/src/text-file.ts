import { readFileSync } from "node:fs";

import { CliError } from "./errors.ts";

/** Reads a file as UTF-8; undefined when there is none. */
export type ReadFile = (path: string) => string | undefined;

/**
 * Reads a file of the disk.
 * @throws CliError "unreadable-file" when it is there but cannot be read.
 */
export const readTextFile: ReadFile = (path) => {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? String(error.code) : "unknown";
    if (reason === "ENOENT") return undefined;
    throw new CliError("unreadable-file", `Cannot read ${path} (${reason}).`);
  }
};
