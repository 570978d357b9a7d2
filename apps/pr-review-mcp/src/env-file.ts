import { readFileSync } from "node:fs";
import { parseEnv } from "node:util";

import { StartError } from "./errors.ts";

/** The variables of a file of lines `NAME=value`; throws `StartError` `bad-command-line` for one it cannot read. */
export function readEnvFile(path: string): NodeJS.Dict<string> {
  try {
    return parseEnv(readFileSync(path, "utf8"));
  } catch {
    const message = `--env-file: cannot read ${path}. Give a file that you may read.`;
    throw new StartError("bad-command-line", message);
  }
}
