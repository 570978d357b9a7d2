import { readSettings, SettingsError, toolSettings, wholeNumber } from "@pr-review/mcp-tools";
import { parseSecretKey, TokenStoreError } from "@pr-review/token-store";
import { z } from "zod";

const list = z
  .string()
  .transform((text) => text.split(",").map((each) => each.trim()))
  .transform((names) => names.filter((each) => each !== ""));

/** Every setting, by the name of its environment variable. */
export const settingsSchema = toolSettings.extend({
  NODE_ENV: z.string().default("development"),
  MCP_HOST: z.string().optional(),
  MCP_PORT: wholeNumber(0, 65_535).default(8080),
  MCP_DATA_DIR: z.string().default(".data"),
  MCP_SECRET_KEY: z.string().optional(),
  MCP_ADMIN_TOKEN: z.string().optional(),
  MCP_ALLOWED_HOSTS: list.optional(),
  MCP_ALLOWED_ORIGINS: list.optional(),
  RATE_LIMIT_ENABLED: z.stringbool().default(true),
  RATE_LIMIT_REQUESTS_PER_MINUTE: wholeNumber(1, 10_000).default(60),
  RATE_LIMIT_BURST: wholeNumber(0, 1_000).default(10),
  LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"]).default("info"),
});

/** Everything the server can be told, checked. Names are those of the environment variables. */
export type Config = z.infer<typeof settingsSchema> & { readonly MCP_HOST: string };

/** Short enough to type, too short to stand between the internet and every token. */
const shortestAdminToken = 24;

/** Reads the environment; throws `SettingsError`, which names every setting at fault and no value. */
export function loadConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const settings = readSettings(settingsSchema, env);
  const isProduction = settings.NODE_ENV === "production";
  const problems = secretProblems(settings, isProduction);
  if (problems.length > 0) throw new SettingsError(problems);
  return { ...settings, MCP_HOST: settings.MCP_HOST ?? (isProduction ? "0.0.0.0" : "127.0.0.1") };
}

type Secrets = Pick<z.infer<typeof settingsSchema>, "MCP_SECRET_KEY" | "MCP_ADMIN_TOKEN">;

function secretProblems(secrets: Secrets, isProduction: boolean): readonly string[] {
  const { MCP_SECRET_KEY: secretKey, MCP_ADMIN_TOKEN: adminToken } = secrets;
  return [
    ...(secretKey === undefined ? missing("MCP_SECRET_KEY", isProduction) : weakness(secretKey)),
    ...(adminToken === undefined ? missing("MCP_ADMIN_TOKEN", isProduction) : []),
    ...(adminToken !== undefined && adminToken.length < shortestAdminToken
      ? [`MCP_ADMIN_TOKEN: needs ${shortestAdminToken} characters or more. ${recipe}`]
      : []),
  ];
}

const recipe = "Make one with: openssl rand -base64 32";

/** Outside production a missing secret is made and kept in the data folder instead. */
function missing(name: string, isProduction: boolean): readonly string[] {
  return isProduction ? [`${name}: is required in production. ${recipe}`] : [];
}

function weakness(secretKey: string): readonly string[] {
  try {
    parseSecretKey(secretKey);
    return [];
  } catch (error) {
    if (error instanceof TokenStoreError) return [`MCP_SECRET_KEY: ${error.message}`];
    throw error;
  }
}
