import type { Command } from "commander";

import { AdminClient } from "../client.ts";
import { isInteractive } from "../environment.ts";
import type { Environment } from "../environment.ts";
import { CliError } from "../errors.ts";
import { printJson } from "../print.ts";
import { profilePath } from "../profile-path.ts";
import { saveProfile } from "../profile-save.ts";
import { defaultProfile, readProfiles } from "../profile.ts";
import { askText } from "../prompts.ts";
import { SecretReader } from "../secrets.ts";
import { defaultUrl, globalOptionsSchema, loadSettings } from "../settings.ts";
import type { GlobalOptions } from "../settings.ts";

/** Adds `login`, which saves a server and its admin token, once the server has accepted it. */
export function addLogin(program: Command, environment: Environment): void {
  program
    .command("login")
    .description("save a server and its admin token as a profile, once the server accepts it")
    .action(async (_options: unknown, command: Command) => {
      await login(environment, globalOptionsSchema.parse(command.optsWithGlobals()));
    });
}

async function login(environment: Environment, options: GlobalOptions): Promise<void> {
  const { variables, stdout } = environment;
  const { profile: name = defaultProfile } = options;
  const path = pathFor(name, environment);
  const known = readProfiles(path).get(name);
  const url = options.url ?? (await askedUrl(environment, known?.server));
  // What is to be saved is given anew: neither a token saved before nor that of a data folder.
  const settings = loadSettings({ ...options, url, profile: undefined }, variables, {
    readFile: () => undefined,
    readProfile: () => known && { server: known.server, adminToken: undefined },
  });
  const adminToken = await new SecretReader(environment).read({
    name: "admin token",
    source: settings.adminToken,
    advice: "Set MCP_ADMIN_TOKEN, or pass --admin-token-file <path>.",
  });
  await check(new AdminClient(settings.url, adminToken));
  saveProfile(path, name, { server: settings.url, adminToken });
  if (settings.json) return printJson(stdout, { profile: name, server: settings.url, path });
  stdout.write(`Saved the profile ${name} for ${settings.url}, in ${path}\n`);
}

function pathFor(name: string, { variables }: Environment): string {
  if (!/^[\w.-]{1,64}$/.test(name) || name === "__proto__") {
    throw new CliError("usage", "A profile's name has 1 to 64 letters, digits, and any of . _ -");
  }
  const path = profilePath(variables);
  if (path !== undefined) return path;
  throw new CliError("usage", "There is no home folder to keep a profile in: set XDG_CONFIG_HOME.");
}

async function askedUrl(environment: Environment, known = defaultUrl): Promise<string | undefined> {
  if (environment.variables["MCP_URL"] || !isInteractive(environment)) return undefined;
  return askText(environment, `The server's address (Enter: ${known})`);
}

/** A token that may not see the status is accepted all the same. */
async function check(client: AdminClient): Promise<void> {
  try {
    await client.status();
  } catch (error) {
    const code = error instanceof CliError ? error.problem?.code : undefined;
    if (code !== "admin-scope-missing") throw error;
  }
}
