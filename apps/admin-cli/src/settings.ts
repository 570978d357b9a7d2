import { join } from "node:path";

import { z } from "zod";

import type { Variables } from "./environment.ts";
import { CliError } from "./errors.ts";
import { parseJson } from "./json.ts";
import type { Profile } from "./profile.ts";
import type { SecretSource } from "./secrets.ts";
import { isLoopback, parseServerUrl } from "./server-url.ts";
import type { ReadFile } from "./text-file.ts";

/** The address tried when none is given. */
export const defaultUrl = "http://127.0.0.1:8080";

/** The options every command takes, as the command line gives them. */
export const globalOptionsSchema = z.object({
  url: z.string().optional(),
  json: z.boolean().default(false),
  color: z.boolean().default(true),
  adminTokenFile: z.string().optional(),
  profile: z.string().optional(),
});

/** Options of the command line that every command shares. */
export type GlobalOptions = z.infer<typeof globalOptionsSchema>;

/** Where settings come from that are neither options nor variables. */
export interface SettingsSources {
  readonly readFile: ReadFile;
  /** The profile of that name, or the default one; undefined when none is saved. */
  readonly readProfile?: (name: string | undefined) => Profile | undefined;
}

/** What every command goes by. */
export interface Settings {
  /** The server's address, without a trailing slash. */
  readonly url: string;
  readonly json: boolean;
  readonly color: boolean;
  readonly adminToken: SecretSource;
}

/**
 * Settles options, variables and profile, in that order. The admin token comes from
 * --admin-token-file, else MCP_ADMIN_TOKEN, else the profile if it is of this server, else the data
 * folder of a local server, else a prompt. A profile asked for by name goes before the variables.
 * @throws CliError "usage" for a bad address, "unreadable-file" for a data folder that cannot be read.
 */
export function loadSettings(
  options: GlobalOptions,
  variables: Variables,
  { readFile, readProfile = () => undefined }: SettingsSources,
): Settings {
  const profile = readProfile(options.profile);
  const named = options.profile === undefined ? undefined : profile;
  const address = options.url ?? named?.server ?? (variables["MCP_URL"] || profile?.server);
  const url = parseServerUrl(address ?? defaultUrl);
  // The token of one server is none of another's business.
  const isOfProfile = profile !== undefined && parseServerUrl(profile.server) === url;
  const saved = isOfProfile ? profile.adminToken : undefined;
  const given = named === undefined ? variables["MCP_ADMIN_TOKEN"] || saved : saved;
  return {
    url,
    json: options.json,
    // https://no-color.org: any value but the empty one counts.
    color: options.color && !variables["NO_COLOR"],
    adminToken: adminTokenSource(options, given, () => localToken(url, variables, readFile)),
  };
}

function adminTokenSource(
  { adminTokenFile }: GlobalOptions,
  given: string | undefined,
  local: () => string | undefined,
): SecretSource {
  if (adminTokenFile === "-") return { from: "stdin" };
  if (adminTokenFile !== undefined) return { from: "file", path: adminTokenFile };
  const value = given || local();
  return value === undefined ? { from: "prompt" } : { from: "value", value };
}

/** A remote server has an admin token of its own; the local one is none of its business. */
function localToken(url: string, variables: Variables, readFile: ReadFile): string | undefined {
  if (!isLoopback(url)) return undefined;
  return keptToken(join(variables["MCP_DATA_DIR"] || ".data", "secrets.json"), readFile);
}

const keptSecrets = z.looseObject({ MCP_ADMIN_TOKEN: z.string().optional() });

function keptToken(path: string, readFile: ReadFile): string | undefined {
  const text = readFile(path);
  if (text === undefined) return undefined;
  const secrets = keptSecrets.safeParse(parseJson(text));
  if (secrets.success) return secrets.data.MCP_ADMIN_TOKEN;
  throw new CliError(
    "unreadable-file",
    `${path} is not a JSON object of secrets. Set MCP_ADMIN_TOKEN instead.`,
  );
}
