import { CommanderError } from "commander";

import { readEnvFile } from "./env-file.ts";
import { StartError } from "./errors.ts";
import { type Flags, readFlags } from "./program.ts";
import { refuseSecrets } from "./refuse-secrets.ts";

type Environment = Readonly<NodeJS.Dict<string>>;

/** Which server to become, and what to set in its environment before. */
export interface Start {
  readonly server: "stdio-server" | "http-server";
  readonly settings: Environment;
}

/**
 * What a command line asks for, in an environment: a flag wins over the file of `--env-file`, and the
 * file over the environment. Undefined when it asked for help or the version, which went to `write`.
 * Throws `StartError`.
 */
export function readCommandLine(
  args: readonly string[],
  env: Environment,
  write: (text: string) => void,
): Start | undefined {
  refuseSecrets(args);
  const flags = flagsOf(args, write);
  if (flags === undefined) return undefined;
  const { http, envFile, numbers } = flags;
  const settings = {
    ...(envFile !== undefined && readEnvFile(envFile)),
    ...numbers,
    ...(typeof http === "object" && { MCP_HOST: http.host, MCP_PORT: String(http.port) }),
  };
  const isHttp = http !== undefined || modeOf({ ...env, ...settings }) === "http";
  return { server: isHttp ? "http-server" : "stdio-server", settings };
}

function flagsOf(args: readonly string[], write: (text: string) => void): Flags | undefined {
  try {
    return readFlags(args, write);
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return undefined;
    throw new StartError("bad-command-line", `${lineOf(error)} See --help.`);
  }
}

/** One line; what stands behind = in a flag that does not exist may be a secret. */
function lineOf({ message }: CommanderError): string {
  const line = message
    .replace(/^error: /, "")
    .replace(/(unknown option '[^'=]*)=[^]*'(?=\n|$)/, "$1'")
    .replaceAll(/\s+/g, " ");
  return /[.?!)]$/.test(line) ? line : `${line}.`;
}

function modeOf({ MCP_MODE = "" }: Environment): "stdio" | "http" {
  const mode = MCP_MODE.trim().toLowerCase();
  if (mode === "http") return mode;
  if (mode === "stdio" || mode === "") return "stdio";
  throw new StartError("bad-setting", "MCP_MODE: expected stdio or http");
}
