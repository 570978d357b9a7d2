import { readSettings, SettingsError, toolSettings, wholeNumber } from "@pr-review/mcp-tools";
import { z } from "zod";

import { lifecycleSettings } from "./lifecycle/settings.ts";
import { notifyProblems, notifySettings } from "./notify/settings.ts";
import { redisProblems, redisSettings } from "./redis/settings.ts";
import { secretProblems } from "./secrets/problems.ts";
import { secretSettings } from "./secrets/settings.ts";

const list = z
  .string()
  .transform((text) => text.split(",").map((each) => each.trim()))
  .transform((names) => names.filter((each) => each !== ""));

const origin = /^https?:\/\/[a-z0-9.-]+(?::\d{1,5})?$/;
const origins = list.refine(
  (all) => all.every((each) => each === "*" || origin.test(each)),
  "expected origins such as https://app.example, separated by commas, or *",
);

/** Every setting, by the name of its environment variable. */
export const settingsSchema = toolSettings
  .extend({
    NODE_ENV: z.string().default("development"),
    MCP_HOST: z.string().optional(),
    MCP_PORT: wholeNumber(0, 65_535).optional(),
    PORT: wholeNumber(0, 65_535).optional(),
    MCP_BASE_PATH: z
      .string()
      .regex(/^(?:\/[\w.-]+)*$/, "expected a path such as /pr-review")
      .optional(),
    MCP_DATA_DIR: z.string().optional(),
    MCP_ALLOWED_HOSTS: list.optional(),
    MCP_ALLOWED_ORIGINS: list.optional(),
    CORS_ALLOW_ORIGINS: origins.optional(),
    CORS_ALLOW_CREDENTIALS: z.stringbool().default(false),
    MCP_MAX_IN_FLIGHT: wholeNumber(1, 100_000).default(1_000),
    MCP_DRAIN_DELAY_MS: wholeNumber(0, 60_000).optional(),
    MCP_LEGACY_SSE: z.stringbool().default(true),
    MCP_HOT_PATH: z.stringbool().default(true),
    MCP_TRUST_PROXY: wholeNumber(0, 10).default(0),
    MCP_METRICS_TOKEN: z.string().min(24, "needs 24 characters or more").optional(),
    MCP_AUTH_STALE_SECONDS: wholeNumber(0, 3_600).default(60),
    RATE_LIMIT_ENABLED: z.stringbool().default(true),
    RATE_LIMIT_REQUESTS_PER_MINUTE: wholeNumber(1, 10_000).default(60),
    RATE_LIMIT_BURST: wholeNumber(0, 1_000).default(10),
    RATE_LIMIT_ALGORITHM: z.enum(["sliding-window", "gcra"]).default("sliding-window"),
    RATE_LIMIT_FAIL_POLICY: z.enum(["local", "closed", "open"]).default("local"),
    LOG_LEVEL: z
      .enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"])
      .default("info"),
  })
  .extend(lifecycleSettings.shape)
  .extend(notifySettings.shape)
  .extend(secretSettings.shape)
  .extend(redisSettings.shape);

/** Everything the server can be told, checked. Names are those of the environment variables. */
export type Config = z.infer<typeof settingsSchema> & {
  readonly MCP_HOST: string;
  readonly MCP_PORT: number;
  readonly MCP_DRAIN_DELAY_MS: number;
};

/** Reads the environment; throws `SettingsError`, which names every setting at fault and no value. */
export function loadConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const settings = readSettings(settingsSchema, env);
  const isProduction = settings.NODE_ENV === "production";
  const problems = [
    ...secretProblems(settings, isProduction),
    ...redisProblems(settings),
    ...corsProblems(settings),
    ...notifyProblems(settings),
  ];
  if (problems.length > 0) throw new SettingsError(problems);
  return {
    ...settings,
    MCP_HOST: settings.MCP_HOST ?? (isProduction ? "0.0.0.0" : "127.0.0.1"),
    MCP_PORT: settings.MCP_PORT ?? settings.PORT ?? 8080,
    MCP_DRAIN_DELAY_MS: settings.MCP_DRAIN_DELAY_MS ?? (isProduction ? 2_000 : 0),
    MCP_DATA_DIR: settings.MCP_DATA_DIR ?? (isProduction ? undefined : ".data"),
  };
}

/** Browsers refuse the combination; a server that offered it would mean to open itself to every page. */
function corsProblems(settings: z.infer<typeof settingsSchema>): readonly string[] {
  const isForAll = settings.CORS_ALLOW_ORIGINS?.includes("*") === true;
  return isForAll && settings.CORS_ALLOW_CREDENTIALS
    ? ["CORS_ALLOW_CREDENTIALS: cannot go with * in CORS_ALLOW_ORIGINS. Name the origins."]
    : [];
}
