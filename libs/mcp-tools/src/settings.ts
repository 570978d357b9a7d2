import {
  createCursorCodec,
  estimateTokens,
  FeedReader,
  type FeedReaderOptions,
  GitHubPool,
  type GitHubSettings,
  HostTable,
} from "@pr-review/github-comments";
import { z } from "zod";

import type { ReadLimits, ToolContext } from "./tool.ts";

const host = z
  .string()
  .toLowerCase()
  .regex(/^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d{1,5})?$/, "expected a host name");

const apiUrl = z
  .url({ protocol: /^https?$/, error: "expected a URL" })
  .refine(isSecure, "expected https (http is for loopback only)");

/** The settings every server of ours reads; names are those of environment variables. */
export const toolSettings = z.object({
  GH_HOST: host.default("github.com"),
  GITHUB_ALLOWED_HOSTS: z
    .string()
    .default("")
    .transform((list) => list.split(",").map((each) => each.trim()))
    .transform((list) => list.filter((each) => each !== ""))
    .pipe(z.array(host)),
  GITHUB_API_URL: apiUrl.optional(),
  GITHUB_GRAPHQL_URL: apiUrl.optional(),
  HTTP_PER_PAGE: wholeNumber(1, 100).default(100),
  PR_FETCH_MAX_PAGES: wholeNumber(1, 200).default(50),
  PR_FETCH_MAX_COMMENTS: wholeNumber(100, 100_000).default(2_000),
  PR_FETCH_MAX_TOKENS: wholeNumber(2_000, 10_000_000).default(1_000_000),
  PR_FETCH_CACHE_SECONDS: wholeNumber(0, 300).default(15),
  MCP_CALL_TIMEOUT: wholeNumber(1, 600).default(60),
  MCP_LOCKDOWN: z.enum(["off", "label", "drop"]).default("label"),
  HTTP_MAX_RETRIES: wholeNumber(0, 10).default(3),
  HTTP_TIMEOUT: z.coerce.number().min(1).max(300).default(30),
  HTTP_CONNECT_TIMEOUT: z.coerce.number().min(1).max(60).default(10),
});

/** What tools can be told, checked. Names are those of the environment variables. */
export type ToolSettings = z.infer<typeof toolSettings>;

/** Settings that cannot be used; `problems` names every one of them and repeats no value. */
export class SettingsError extends Error {
  override readonly name = "SettingsError";
  readonly code = "invalid-settings";
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join("\n"));
    this.problems = problems;
  }
}

/** Reads settings out of an environment, where empty means unset; throws `SettingsError`. */
export function readSettings<T>(
  schema: z.ZodType<T>,
  env: Readonly<Record<string, string | undefined>>,
): T {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ""));
  const parsed = schema.safeParse(set);
  if (parsed.success) return parsed.data;
  throw new SettingsError(
    parsed.error.issues.map(({ path, message }) => `${String(path[0])}: ${message}`),
  );
}

/** A whole number in text, within bounds, both ends included. */
export function wholeNumber(min: number, max: number): z.ZodCoercedNumber {
  const error = `expected a whole number from ${min} to ${max}`;
  return z.coerce.number({ error }).int({ error }).min(min, { error }).max(max, { error });
}

/** The table of hosts that the settings describe. */
export function hostTable(settings: ToolSettings): HostTable {
  return new HostTable({
    defaultHost: settings.GH_HOST,
    allowedHosts: settings.GITHUB_ALLOWED_HOSTS,
    apiUrl: settings.GITHUB_API_URL,
    graphqlUrl: settings.GITHUB_GRAPHQL_URL,
  });
}

/** What all callers share of GitHub under these settings. */
export function githubPool(
  settings: ToolSettings,
  version: string,
  { onRequest }: Pick<GitHubSettings, "onRequest"> = {},
): GitHubPool {
  return new GitHubPool({
    ...(onRequest && { onRequest }),
    userAgent: `pr-review-mcp/${version}`,
    timeoutMs: settings.HTTP_TIMEOUT * 1_000,
    connectTimeoutMs: settings.HTTP_CONNECT_TIMEOUT * 1_000,
    maxRetries: settings.HTTP_MAX_RETRIES,
  });
}

/** A server is ready by then, and its first caller is hardly there. */
const warmAfterMs = 2_000;

/** What a server may add to what its tools share. */
export interface SharedContextOptions extends Pick<FeedReaderOptions, "onRead"> {
  /** Secrets of before, whose cursors are still taken. */
  readonly formerSecrets?: readonly Uint8Array[];
}

/** What all tools of a server share under these settings; `secret` signs its cursors. */
export function sharedContext(
  settings: ToolSettings,
  secret: Uint8Array,
  { formerSecrets = [], onRead }: SharedContextOptions = {},
): Pick<ToolContext, "limits" | "lockdown" | "feeds" | "cursors"> {
  // Its tables take a fifth of a second to unpack: that should hold up neither the start nor somebody's call.
  setTimeout(() => estimateTokens("warm"), warmAfterMs).unref();
  return {
    limits: readLimits(settings),
    lockdown: settings.MCP_LOCKDOWN,
    feeds: new FeedReader({
      ttlMs: settings.PR_FETCH_CACHE_SECONDS * 1_000,
      ...(onRead && { onRead }),
    }),
    cursors: createCursorCodec(secret, { formerSecrets }),
  };
}

/** The ceilings for what one call may read. */
function readLimits(settings: ToolSettings): ReadLimits {
  return {
    perPage: settings.HTTP_PER_PAGE,
    maxPages: settings.PR_FETCH_MAX_PAGES,
    maxComments: settings.PR_FETCH_MAX_COMMENTS,
    maxTokens: settings.PR_FETCH_MAX_TOKENS,
    deadlineMs: settings.MCP_CALL_TIMEOUT * 1_000,
  };
}

function isSecure(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === "https:" || /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname);
}
