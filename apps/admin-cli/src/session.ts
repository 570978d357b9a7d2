import { AdminClient } from "./client.ts";
import type { Environment } from "./environment.ts";
import { readProfile } from "./profile.ts";
import { SecretReader } from "./secrets.ts";
import { globalOptionsSchema, loadSettings } from "./settings.ts";
import type { Settings } from "./settings.ts";
import { readTextFile } from "./text-file.ts";

/** What a command works with while it runs. */
export interface Session {
  readonly environment: Environment;
  readonly settings: Settings;
  readonly secrets: SecretReader;
  /** Reads the admin token, asking if need be, and gives the server to talk to. */
  readonly connect: () => Promise<AdminClient>;
}

/** Opens the session of a command from its options, those of its groups included. */
export function openSession(environment: Environment, options: unknown): Session {
  const settings = loadSettings(globalOptionsSchema.parse(options), environment.variables, {
    readFile: readTextFile,
    readProfile: (name) => readProfile(name, environment.variables),
  });
  const secrets = new SecretReader(environment);
  return {
    environment,
    settings,
    secrets,
    connect: async () => {
      const adminToken = await secrets.read({
        name: "admin token",
        source: settings.adminToken,
        advice: "Set MCP_ADMIN_TOKEN, or pass --admin-token-file <path>.",
      });
      return new AdminClient(settings.url, adminToken);
    },
  };
}
