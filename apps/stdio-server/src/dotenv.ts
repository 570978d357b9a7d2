import { readFileSync } from "node:fs";
import { parseEnv } from "node:util";

type Environment = Readonly<Record<string, string | undefined>>;

const tokens = ["GITHUB_TOKEN", "GH_ENTERPRISE_TOKEN"];
const destinations = ["GH_HOST", "GITHUB_ALLOWED_HOSTS", "GITHUB_API_URL", "GITHUB_GRAPHQL_URL"];

/**
 * The environment, with gaps filled from a `.env` file if there is one; nothing global is changed.
 * The file may be part of a stranger's repository: it decides where tokens go only when it brings
 * them, never for a token of the environment.
 */
export function withDotenv(env: Environment, file: string): Environment {
  const found = read(file);
  const isOwnToken = tokens.every((name) => !env[name]);
  const trusted = Object.entries(found).filter(
    ([name]) => isOwnToken || !destinations.includes(name),
  );
  return { ...Object.fromEntries(trusted), ...env };
}

function read(file: string): Environment {
  try {
    return parseEnv(readFileSync(file, "utf8"));
  } catch {
    return {};
  }
}
