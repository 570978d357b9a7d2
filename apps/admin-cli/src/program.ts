import { Command, CommanderError } from "commander";

import manifest from "../package.json" with { type: "json" };
import { addCreate } from "./commands/create.ts";
import { addDelete } from "./commands/delete.ts";
import { addList } from "./commands/list.ts";
import type { Environment } from "./environment.ts";
import { CliError } from "./errors.ts";
import { defaultUrl } from "./settings.ts";

const examples = `
Examples:
  pr-review-admin create --user ada --description "laptop"
  pr-review-admin list --json
  pr-review-admin delete <key-id>

The admin token is never an argument. It is taken from --admin-token-file, MCP_ADMIN_TOKEN,
<MCP_DATA_DIR or .data>/secrets.json if the server is on this machine, or asked for.

Exit codes: 0 done, 1 refused, 2 usage, 3 no server, 4 admin token refused, 5 not found, 130 cancelled.
`;

/**
 * Runs a command line: `args` are those after the program's name.
 * @throws CliError for whatever fails; nothing has been written about it yet.
 */
export async function run(args: readonly string[], environment: Environment): Promise<void> {
  try {
    await createProgram(environment).parseAsync(args, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // --help and --version end this way too.
    if (error.exitCode !== 0) throw usageError(error);
  }
}

function createProgram(environment: Environment): Command {
  const program = new Command("pr-review-admin")
    .description("Manages the API keys of a running PR Review MCP server.")
    .version(manifest.version)
    .option("--url <url>", `where the server is (env MCP_URL, default ${defaultUrl})`)
    .option("--json", "print JSON, for scripts")
    .option("--no-color", "print without colours (also: NO_COLOR=1)")
    .option("--admin-token-file <path>", 'where to read the admin token, "-" for standard input')
    .addHelpText("after", examples)
    .configureHelp({ showGlobalOptions: true })
    .exitOverride()
    .configureOutput({
      writeOut: (text) => environment.stdout.write(text),
      writeErr: (text) => environment.stderr.write(text),
      // The error is thrown as well, and main.ts shows it.
      outputError: () => undefined,
    });
  const tokens = program
    .command("tokens")
    .description("the group of the commands above, whose name may be left out");
  // A default group (isDefault) would answer `create --help` with the help of the program.
  for (const group of [program, tokens]) addTokenCommands(group, environment);
  return program;
}

function addTokenCommands(group: Command, environment: Environment): void {
  addCreate(group, environment);
  addList(group, environment);
  addDelete(group, environment);
}

function usageError({ code, message }: CommanderError): CliError {
  if (code === "commander.help") return new CliError("usage", "Name one of the commands above.");
  // An option that does not exist may have been given a token, which is not to be shown.
  const shown = message
    .replace(/^error: /, "")
    .replaceAll("\n", " ")
    .replace(/(unknown option '[^'=]*)=[^]*?'(?= \(|$)/, "$1'");
  return new CliError("usage", `${shown}. See --help.`);
}
