import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { pathToFileURL } from "node:url";
import { Script } from "node:vm";

/** What a program, which is a function expression, is called with: all that CommonJS promises, and its URL. */
export const parameters = [
  "exports",
  "require",
  "module",
  "__filename",
  "__dirname",
  "importMetaUrl",
] as const;

type Program = (...values: readonly unknown[]) => void;

/**
 * The program in a file, from its compiled code in `<name>.cache` if that is there. Code that another release
 * of Node or other flags compiled is not taken (`cachedDataRejected` says so), and the program compiled anew.
 */
export function readCompiled(path: string): Script {
  // esbuild writes ASCII; a string of UTF-8 would take V8 twice the memory and a pass to find that out.
  const source = readFileSync(path, "latin1");
  const cachedData = readIfThere(cacheOf(path));
  return new Script(source, { filename: path, ...(cachedData && { cachedData }) });
}

/** Runs a program, which was read from `path`. */
export function run(script: Script, path: string): void {
  const module = { exports: {} };
  const program: unknown = script.runInThisContext();
  if (!isProgram(program)) throw new Error(`${path} is no program. Build it again.`);
  const url = pathToFileURL(path).href;
  program(module.exports, createRequire(path), module, path, dirname(path), url);
}

function isProgram(value: unknown): value is Program {
  return typeof value === "function";
}

/** Where the compiled code of a program lies. */
export function cacheOf(path: string): string {
  return path.replace(/\.js$/, ".cache");
}

function readIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    // It only saves time: without it, or where it cannot be read, the program starts all the same.
    return undefined;
  }
}
