import { resolve } from "node:path";

import { Argument } from "commander";
import type { Command } from "commander";
import { z } from "zod";

import { keyVariable, tokenVariable } from "../client-config/client.ts";
import type { Change, Client, SecretName } from "../client-config/client.ts";
import { clients } from "../client-config/clients.ts";
import { mergeJson } from "../client-config/merge-json.ts";
import { mergeToml } from "../client-config/merge-toml.ts";
import { findStdioProgram } from "../client-config/stdio-program.ts";
import { writeConfig } from "../client-config/write-config.ts";
import type { Environment } from "../environment.ts";
import { CliError } from "../errors.ts";
import { printJson } from "../print.ts";
import { openSession } from "../session.ts";
import type { Session } from "../session.ts";

const optionsSchema = z.object({
  stdio: z.boolean().default(false),
  write: z.boolean().default(false),
  file: z.string().optional(),
  name: z.string().optional(),
  secretFile: z.string().optional(),
  program: z.string().optional(),
});

type Options = z.infer<typeof optionsSchema>;

const apiKey = { variable: keyVariable, title: "API key" };
const githubToken = { variable: tokenVariable, title: "GitHub token" };

/** Adds `client-config`, which prints or writes what an MCP client needs to use the server. */
export function addClientConfig(program: Command, environment: Environment): void {
  program
    .command("client-config")
    .description("print, or write, the configuration of an MCP client for this server")
    .addArgument(new Argument("<client>", "which client").choices([...clients.keys()]))
    .option("--stdio", "for the stdio server, which the client starts, instead of --url")
    .option("--write", "merge it into the client's file; the file of before stays beside it")
    .option("--file <path>", "which file that is (default: the client's own)")
    .option("--name <name>", "what the client calls the server")
    .option(
      "--secret-file <path>",
      'claude-desktop only: where to read the API key, or with --stdio the GitHub token; "-" for standard input',
    )
    .option("--program <path>", "with --stdio: the built stdio server")
    .action(async (name: string, _options: unknown, command: Command) => {
      const given: unknown = command.optsWithGlobals();
      const client = clients.get(name);
      if (client === undefined) throw new CliError("usage", "Name one of the clients.");
      await configure(openSession(environment, given), client, optionsSchema.parse(given));
    });
}

async function configure(session: Session, client: Client, options: Options): Promise<void> {
  const { environment, settings } = session;
  const secretName = options.stdio ? githubToken : apiKey;
  const target = {
    name: serverName(options.name ?? client.serverName),
    at: options.stdio ? stdioProgram(options) : `${settings.url}/mcp`,
    secret: await secretOf(session, client, { ...options, secretName }),
  };
  const changes = options.stdio ? client.stdio(target) : client.remote(target);
  const path = options.file ?? client.file(place(environment));
  const merge = (text: string) => mergerOf(client)(text, changes);
  if (!options.write) {
    if (settings.json) printJson(environment.stdout, { file: path, content: merge("") });
    else environment.stdout.write(merge(""));
    environment.stderr.write(`${client.title} reads this from ${path}\n`);
  } else {
    const { changed, backup } = writeConfig(path, merge, { secret: client.holdsSecret });
    if (settings.json) printJson(environment.stdout, { file: path, changed, backup });
    else environment.stdout.write(`${changed ? "Wrote" : "Nothing to change in"} ${path}\n`);
    if (backup !== undefined) environment.stderr.write(`What it was before: ${backup}\n`);
  }
  environment.stderr.write(`${client.next(secretName)}\n`);
}

function mergerOf({ language }: Client): (text: string, changes: readonly Change[]) => string {
  return language === "json" ? mergeJson : mergeToml;
}

function serverName(name: string): string {
  if (/^[A-Za-z][\w-]{0,63}$/.test(name)) return name;
  throw new CliError("usage", "--name takes a letter, then up to 63 letters, digits, _ and -.");
}

function stdioProgram({ program, write }: Options): string {
  const found = program === undefined ? findStdioProgram() : resolve(program);
  if (found !== undefined) return found;
  if (!write) return "/path/to/apps/stdio-server/dist/main.mjs";
  throw new CliError(
    "usage",
    "The stdio server is not beside this program. Build it (npx nx build stdio-server) or pass --program <path>.",
  );
}

/** The secret itself for a client that has to hold it; a placeholder when there is none to print. */
async function secretOf(
  { secrets }: Session,
  { holdsSecret, title }: Client,
  { secretFile, write, secretName }: Options & { readonly secretName: SecretName },
): Promise<string> {
  if (!holdsSecret) {
    if (secretFile === undefined) return "";
    throw new CliError("usage", `${title} needs no --secret-file: it refers to the secret.`);
  }
  const placeholder = secretName === apiKey ? "mcp_..." : "github_pat_...";
  if (secretFile === undefined && !write) return placeholder;
  const fromStdin = secretFile === undefined || secretFile === "-";
  return secrets.read({
    name: secretName.title,
    source: fromStdin ? { from: "stdin" } : { from: "file", path: secretFile },
    advice: "Pipe it in, or pass --secret-file <path>.",
  });
}

function place({ variables }: Environment): Parameters<Client["file"]>[0] {
  const home = variables["HOME"] || variables["USERPROFILE"];
  if (home === undefined) throw new CliError("usage", "There is no home folder. Pass --file.");
  return { platform: process.platform, variables, home, folder: process.cwd() };
}
