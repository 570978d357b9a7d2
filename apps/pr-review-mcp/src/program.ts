import { Command, InvalidArgumentError, Option } from "commander";

import manifest from "../package.json" with { type: "json" };
import { type Address, parseAddress } from "./address.ts";
import { type NumberFlag, numberFlags } from "./number-flags.ts";

const footer = `
All else is set by environment variables. A flag wins over the file of --env-file, that file over the
environment, and over stdio the environment over .env in this folder. Tokens and keys are no flags:
set GITHUB_TOKEN for stdio, MCP_SECRET_KEY and MCP_ADMIN_TOKEN for HTTP.`;

/** What the flags say; `http` is true where it came without an address. */
export interface Flags {
  readonly http?: Address | true;
  readonly envFile?: string;
  /** By the names of environment variables. */
  readonly numbers: Readonly<Record<string, string>>;
}

/**
 * Reads the flags; help and version go to `write`.
 * @throws {CommanderError} for a bad command line, and with exit code 0 when help or version was all.
 */
export function readFlags(args: readonly string[], write: (text: string) => void): Flags {
  const numbers: Record<string, string> = {};
  const program = new Command("pr-review-mcp")
    .description("Serves the review comments of GitHub pull requests to AI agents, over stdio.")
    .version(manifest.version)
    .option("--http [host:port]", "serves a team over HTTP instead (env MCP_MODE=http)", addressOf)
    .option("--env-file <path>", "a file of settings, lines such as GH_HOST=github.com")
    .addHelpText("after", footer)
    .exitOverride()
    .configureOutput({ writeOut: write, outputError: () => undefined });
  for (const each of numberFlags) {
    const take = (text: string): void => void (numbers[each.variable] = wholeNumber(text, each));
    program.addOption(new Option(`${each.flag} <n>`, describe(each)).argParser(take));
  }
  program.parse(args, { from: "user" });
  return { ...program.opts<Omit<Flags, "numbers">>(), numbers };
}

function addressOf(text: string): Address {
  const address = parseAddress(text);
  if (address !== undefined) return address;
  throw new InvalidArgumentError(
    "Give host:port, such as 127.0.0.1:8080, with a port up to 65535.",
  );
}

function wholeNumber(text: string, { min, max }: NumberFlag): string {
  const isNumber = /^\d+$/.test(text) && Number(text) >= min && Number(text) <= max;
  if (isNumber) return text;
  throw new InvalidArgumentError(`Give a whole number from ${min} to ${max}.`);
}

function describe({ meaning, variable, min, max }: NumberFlag): string {
  return `${meaning}, ${min} to ${max} (env ${variable})`;
}
