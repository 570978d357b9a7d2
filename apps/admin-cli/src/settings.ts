import { join } from "node:path";

import { z } from "zod";

import type { Variables } from "./environment.ts";
import { CliError } from "./errors.ts";
import { parseJson } from "./json.ts";
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
});

/** Options of the command line that every command shares. */
export type GlobalOptions = z.infer<typeof globalOptionsSchema>;

/** What every command goes by. */
export interface Settings {
  /** The server's address, without a trailing slash. */
  readonly url: string;
  readonly json: boolean;
  readonly color: boolean;
  readonly adminToken: SecretSource;
}

/**
 * Settles options and variables, the option winning. The admin token comes from
 * --admin-token-file, else MCP_ADMIN_TOKEN, else the data folder of a local server, else a prompt.
 * @throws CliError "usage" for a bad address, "unreadable-file" for a data folder that cannot be read.
 */
export function loadSettings(
  options: GlobalOptions,
  variables: Variables,
  readFile: ReadFile,
): Settings {
  const url = parseServerUrl(options.url ?? (variables["MCP_URL"] || defaultUrl));
  return {
    url,
    json: options.json,
    // https://no-color.org: any value but the empty one counts.
    color: options.color && !variables["NO_COLOR"],
    adminToken: adminTokenSource(options, variables, url, readFile),
  };
}

function adminTokenSource(
  { adminTokenFile }: GlobalOptions,
  variables: Variables,
  url: string,
  readFile: ReadFile,
): SecretSource {
  if (adminTokenFile === "-") return { from: "stdin" };
  if (adminTokenFile !== undefined) return { from: "file", path: adminTokenFile };
  const given = variables["MCP_ADMIN_TOKEN"];
  if (given) return { from: "value", value: given };
  // A remote server has an admin token of its own; the local one is none of its business.
  const kept = isLoopback(url)
    ? keptToken(join(variables["MCP_DATA_DIR"] || ".data", "secrets.json"), readFile)
    : undefined;
  return kept === undefined ? { from: "prompt" } : { from: "value", value: kept };
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
