import type { Credential } from "@pr-review/github-comments";
import { readSettings, toolSettings } from "@pr-review/mcp-tools";
import { z } from "zod";

/** Every setting, by the name of its environment variable. */
export const settingsSchema = toolSettings.extend({
  GITHUB_TOKEN: z.string().trim().optional(),
  GH_ENTERPRISE_TOKEN: z.string().trim().optional(),
  MCP_PR_OWNER: z.string().optional(),
  MCP_PR_REPO: z.string().optional(),
  MCP_PR_BRANCH: z.string().optional(),
  LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"]).default("warn"),
});

/** Everything the server can be told, checked. Names are those of the environment variables. */
export type Config = z.infer<typeof settingsSchema>;

/** Reads the environment; throws `SettingsError`, which names every setting at fault and no value. */
export function loadConfig(env: Readonly<Record<string, string | undefined>>): Config {
  return readSettings(settingsSchema, env);
}

/**
 * The person's tokens, each bound to its host: `GITHUB_TOKEN` to `GH_HOST`, and
 * `GH_ENTERPRISE_TOKEN` to the other allowed hosts, as GitHub's own command line has it.
 */
export function credentialsOf(config: Config): readonly Credential[] {
  const { GITHUB_TOKEN, GH_ENTERPRISE_TOKEN, GH_HOST, GITHUB_ALLOWED_HOSTS } = config;
  const others = GITHUB_ALLOWED_HOSTS.filter((host) => host !== GH_HOST);
  return [
    ...(GITHUB_TOKEN === undefined ? [] : [{ token: GITHUB_TOKEN, host: GH_HOST }]),
    ...(GH_ENTERPRISE_TOKEN === undefined
      ? []
      : others.map((host) => ({ token: GH_ENTERPRISE_TOKEN, host }))),
  ];
}
