import { Command, CommanderError } from "commander";

import manifest from "../package.json" with { type: "json" };
import { addAudit } from "./commands/audit/audit.ts";
import { addClientConfig } from "./commands/client-config.ts";
import { addCompletion } from "./commands/completion.ts";
import { addDoctor } from "./commands/doctor.ts";
import { addKeyring } from "./commands/keyring/keyring.ts";
import { addLogin } from "./commands/login.ts";
import { addStatus } from "./commands/status.ts";
import { addTokens } from "./commands/tokens/tokens.ts";
import { addUsage } from "./commands/usage.ts";
import type { Environment } from "./environment.ts";
import { CliError } from "./errors.ts";
import { helpText } from "./help-text.ts";
import { defaultUrl } from "./settings.ts";

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
    .description(
      "Administers a running PR Review MCP server: its API keys, usage, audit log and secrets.",
    )
    .version(manifest.version)
    .option("--url <url>", `where the server is (env MCP_URL, default ${defaultUrl})`)
    .option("--json", "print JSON, for scripts")
    .option("--no-color", "print without colours (also: NO_COLOR=1)")
    .option("--admin-token-file <path>", 'where to read the admin token, "-" for standard input')
    .option("--profile <name>", "which saved server and admin token to use (see login)")
    .addHelpText("after", helpText)
    .configureHelp({ showGlobalOptions: true })
    .exitOverride()
    .configureOutput({
      writeOut: (text) => environment.stdout.write(text),
      writeErr: (text) => environment.stderr.write(text),
      // The error is thrown as well, and main.ts shows it.
      outputError: () => undefined,
    });
  addTokens(program, environment);
  addUsage(program, environment);
  addAudit(program, environment);
  addKeyring(program, environment);
  addStatus(program, environment);
  addDoctor(program, environment);
  addLogin(program, environment);
  addClientConfig(program, environment);
  addCompletion(program, environment);
  return program;
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
