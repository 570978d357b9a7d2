#!/usr/bin/env node
/** The pr-review-mcp program: settles what the command line says, and becomes the server it asks for. */
import { readCommandLine } from "./command-line.ts";
import { StartError } from "./errors.ts";

const { argv, env, stdout, stderr } = process;

try {
  const start = readCommandLine(argv.slice(2), env, (text) => void stdout.write(text));
  if (start !== undefined) {
    Object.assign(env, start.settings);
    // The build puts the servers beside this program.
    await import(new URL(`${start.server}/main.mjs`, import.meta.url).href);
  }
} catch (error) {
  if (!(error instanceof StartError)) throw error;
  stderr.write(`error: ${error.message}\n`);
  process.exitCode = error.exitCode;
}
