import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

// Seen from the bundle, and from this file.
const beside = ["../../stdio-server/dist/main.mjs", "../../../stdio-server/dist/main.mjs"];

/** The built stdio server beside this program, in a clone; undefined where there is none. */
export function findStdioProgram(): string | undefined {
  return beside.map((path) => fileURLToPath(new URL(path, import.meta.url))).find(existsSync);
}
