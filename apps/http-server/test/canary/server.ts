import { createAdminGate, FailureLimiter } from "@pr-review/auth";
import type { GitHubDouble } from "@pr-review/github-double";
import { githubPool, hostTable } from "@pr-review/mcp-tools";

import { createApp } from "../../src/app.ts";
import { openBackends } from "../../src/backends/open.ts";
import { createCallerContext } from "../../src/caller.ts";
import { loadConfig } from "../../src/config.ts";
import { createLogger } from "../../src/log/logger.ts";
import { Metrics } from "../../src/metrics.ts";
import { cursorKeysOf } from "../../src/secrets/cursor-keys.ts";
import { adminsOf, keyringOf } from "../../src/secrets/settings.ts";
import { serve } from "../../src/serve.ts";
import type { Canary } from "./secrets.ts";

/** A request as it goes over the wire. */
export interface Shot {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
}

/** A server at level trace, and all that came out of it. */
export interface CanaryServer {
  readonly log: readonly string[];
  /** Status line, headers and body of every answer; an issued key is cut out of the one that shows it. */
  readonly answers: readonly string[];
  /** The codes that were answered, as problems and as errors of tools. */
  readonly codes: ReadonlySet<string>;
  /** The keys that were issued, one for each answer that showed one. */
  readonly issued: readonly Canary[];
  readonly metrics: Metrics;
  /** Sends requests, some at a time, each from an address of its own unless it names one; their statuses. */
  readonly fire: (shots: readonly Shot[]) => Promise<readonly number[]>;
  readonly close: () => Promise<void>;
}

const atOnce = 24;

/** Starts a server as `main` does, with settings like those of the environment. */
export async function startCanaryServer(
  double: GitHubDouble,
  env: Readonly<Record<string, string>>,
): Promise<CanaryServer> {
  const config = loadConfig({
    NODE_ENV: "production",
    GITHUB_API_URL: double.restUrl,
    GITHUB_GRAPHQL_URL: double.graphqlUrl,
    HTTP_MAX_RETRIES: "0",
    PR_FETCH_CACHE_SECONDS: "0",
    RATE_LIMIT_REQUESTS_PER_MINUTE: "10000",
    MCP_TRUST_PROXY: "1",
    LOG_LEVEL: "trace",
    ...env,
  });
  const log: string[] = [];
  const answers: string[] = [];
  const codes = new Set<string>();
  const issued: Canary[] = [];
  const logger = createLogger(config.LOG_LEVEL, { write: (line: string) => void log.push(line) });
  const metrics = new Metrics();
  const keyring = keyringOf(config);
  const backends = await openBackends(config, { keyring, log: logger, metrics });
  const hosts = hostTable(config);
  const pool = githubPool(config, "0.0.0");
  const app = createApp({
    ...backends,
    admin: createAdminGate(adminsOf(config), { failures: new FailureLimiter({ limit: 5 }) }),
    hosts,
    contextFor: createCallerContext(config, { hosts, pool, cursorKeys: cursorKeysOf(keyring) }),
    log: logger,
    metrics,
    allowedHosts: ["127.0.0.1"],
    allowedOrigins: config.MCP_ALLOWED_ORIGINS ?? [],
    trustedProxies: config.MCP_TRUST_PROXY,
  });
  const { server, url } = await serve(app, { host: "127.0.0.1", port: 0 });

  let callers = 0;
  const send = async ({ method, path, headers, body }: Shot): Promise<number> => {
    callers += 1;
    const address = `10.${callers >> 16}.${(callers >> 8) & 255}.${callers & 255}`;
    const response = await fetch(url + path, {
      method,
      headers: { "x-forwarded-for": address, ...headers },
      body: body ?? null,
    });
    const text = await response.text();
    const key = /"mcp_key":"([^"]+)"/.exec(text)?.[1];
    if (key !== undefined) issued.push({ name: `issued key ${issued.length + 1}`, value: key });
    for (const [, code = ""] of text.matchAll(/"code":"([a-z-]+)"/g)) codes.add(code);
    const shown = [...response.headers].map(([name, value]) => `${name}: ${value}`);
    answers.push(
      [`${response.status} ${response.statusText}`, ...shown, text]
        .join("\n")
        .replace(key ?? "nothing to cut out", ""),
    );
    return response.status;
  };

  return {
    log,
    answers,
    codes,
    issued,
    metrics,
    fire: async (shots) => {
      const statuses: number[] = [];
      for (let at = 0; at < shots.length; at += atOnce) {
        statuses.push(...(await Promise.all(shots.slice(at, at + atOnce).map(send))));
      }
      return statuses;
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await Promise.all([backends.close(), pool.close()]);
    },
  };
}
