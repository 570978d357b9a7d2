import { readFileSync } from "node:fs";
import { parseEnv } from "node:util";

type Environment = Readonly<Record<string, string | undefined>>;

/** The environment, with gaps filled from a `.env` file if there is one; nothing global is changed. */
export function withDotenv(env: Environment, file: string): Environment {
  return { ...read(file), ...env };
}

function read(file: string): Environment {
  try {
    return parseEnv(readFileSync(file, "utf8"));
  } catch {
    return {};
  }
}
