import { randomBytes } from "node:crypto";

import type { GitHubDouble } from "@pr-review/github-double";

import type { Backends } from "../src/backends/backends.ts";
import { openBackends } from "../src/backends/open.ts";
import { loadConfig } from "../src/config.ts";
import { createLogger } from "../src/log/logger.ts";
import { Metrics } from "../src/metrics.ts";
import { keyringOf } from "../src/secrets/settings.ts";
import { start } from "../src/start.ts";

/** One server as `main` puts it together from its settings, in this process. */
export interface Instance {
  readonly url: string;
  readonly backends: Backends;
  readonly metrics: Metrics;
  /** Everything it logged so far, at level trace. */
  readonly logged: () => string;
  readonly fetchComments: (key: string) => Promise<Response>;
  readonly close: () => Promise<void>;
}

export const adminToken = "admin-token-of-the-fleet-0123456789";
export const secretKey = randomBytes(32).toString("base64");

/** Starts a server on settings like those of the environment; `close` it before its Redis. */
export async function startInstance(
  double: GitHubDouble,
  env: Readonly<Record<string, string>>,
): Promise<Instance> {
  const config = loadConfig({
    NODE_ENV: "production",
    MCP_HOST: "127.0.0.1",
    MCP_PORT: "0",
    MCP_DRAIN_DELAY_MS: "0",
    MCP_SECRET_KEY: "MCP_SECRET_KEYS" in env ? "" : secretKey,
    MCP_ADMIN_TOKEN: adminToken,
    GITHUB_API_URL: double.restUrl,
    GITHUB_GRAPHQL_URL: double.graphqlUrl,
    HTTP_MAX_RETRIES: "0",
    ...env,
  });
  const lines: string[] = [];
  const log = createLogger("trace", { write: (line: string) => void lines.push(line) });
  const metrics = new Metrics();
  const keyring = keyringOf(config);
  const backends = await openBackends(config, { keyring, log, metrics });
  const running = await start({ config, secrets: config, backends, log, metrics });
  const { url } = running;
  return {
    url,
    backends,
    metrics,
    logged: () => lines.join(""),
    fetchComments: (key) =>
      fetch(`${url}/api/fetch-comments`, {
        method: "POST",
        headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
        body: JSON.stringify({ pr_url: "https://github.com/acme/widgets/pull/7" }),
      }),
    close: () => running.close(),
  };
}
