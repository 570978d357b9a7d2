import { setTimeout as wait } from "node:timers/promises";

import type { GitHubDouble } from "@pr-review/github-double";

import { openBackends } from "../../src/backends/open.ts";
import { loadConfig } from "../../src/config.ts";
import { createLogger } from "../../src/log/logger.ts";
import { Metrics } from "../../src/metrics.ts";
import { keyringOf } from "../../src/secrets/settings.ts";
import { start } from "../../src/start.ts";
import type { Canary } from "./secrets.ts";
import { send, type Shot } from "./send.ts";

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
const retryMs = 200;
const putOff = /"code":"(?:overloaded|too-many-streams)"/;

/** Starts a server as `main` does, with settings like those of the environment. */
export async function startCanaryServer(
  double: GitHubDouble,
  env: Readonly<Record<string, string>>,
): Promise<CanaryServer> {
  const config = loadConfig({
    NODE_ENV: "production",
    MCP_HOST: "127.0.0.1",
    MCP_PORT: "0",
    MCP_DRAIN_DELAY_MS: "0",
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
  const services = { keyring: keyringOf(config), log: logger, metrics };
  const backends = await openBackends(config, services);
  const running = await start({ config, secrets: config, backends, log: logger, metrics });

  const note = (text: string): void => {
    const key = /"mcp_key":"([^"]+)"/.exec(text)?.[1];
    if (key !== undefined) issued.push({ name: `issued key ${issued.length + 1}`, value: key });
    for (const [, code = ""] of text.matchAll(/"code":"([a-z-]+)"/g)) codes.add(code);
    answers.push(text.replace(key ?? "nothing to cut out", ""));
  };

  let callers = 0;
  const fireOne = async (shot: Shot): Promise<number> => {
    callers += 1;
    const address = `10.${callers >> 16}.${(callers >> 8) & 255}.${callers & 255}`;
    for (;;) {
      const { status, text } = await send(running.url, shot, address);
      note(text);
      // What was put off at the door has reached nothing.
      if (!putOff.test(text)) return status;
      await wait(retryMs);
    }
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
        statuses.push(...(await Promise.all(shots.slice(at, at + atOnce).map(fireOne))));
      }
      return statuses;
    },
    close: () => running.close(),
  };
}
