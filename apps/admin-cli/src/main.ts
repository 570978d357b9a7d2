#!/usr/bin/env node
/** The pr-review-admin program: runs the command line, and shows what failed. */
import { CliError } from "./errors.ts";
import { onInterrupt } from "./interrupt.ts";
import { plainText } from "./plain-text.ts";
import { run } from "./program.ts";

const { argv, env, stdin, stdout, stderr } = process;

// Prompts take their colours from the environment alone.
if (argv.includes("--no-color")) env["NO_COLOR"] = "1";

// `list | head` closes the pipe early, which is no failure.
stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

try {
  await run(argv.slice(2), { variables: env, stdin, stdout, stderr, onInterrupt });
} catch (error) {
  if (!(error instanceof CliError)) throw error;
  stderr.write(`error: ${plainText(error.message)}\n`);
  process.exitCode = error.exitCode;
}
