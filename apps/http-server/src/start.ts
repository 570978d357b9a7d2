import { createAdminGate, FailureLimiter } from "@pr-review/auth";
import { KeyLifecycle } from "@pr-review/key-lifecycle";
import { githubPool, hostTable } from "@pr-review/mcp-tools";
import type { Logger } from "pino";

import { createTokenCheck } from "./admin/check-token.ts";
import { createStatus } from "./admin/status-source.ts";
import { createApp } from "./app.ts";
import type { Backends } from "./backends/backends.ts";
import { recordOwnEvents } from "./backends/own-events.ts";
import { resealInBackground } from "./backends/reseal.ts";
import { createCallerContext } from "./caller.ts";
import type { Config } from "./config.ts";
import { logFailures } from "./lifecycle/log-failures.ts";
import { reportCalls } from "./log/tool-calls.ts";
import type { Metrics } from "./metrics.ts";
import { openChannels } from "./notify/channels.ts";
import { cursorKeysOf } from "./secrets/cursor-keys.ts";
import { adminsOf, keyringOf, type SecretSettings } from "./secrets/settings.ts";
import { serve } from "./serve.ts";
import { drain } from "./serve/drain.ts";
import { LoopDelay } from "./serve/loop-delay.ts";
import { Readiness } from "./serve/readiness.ts";
import { createRecheck } from "./sse/recheck.ts";
import { createSse } from "./sse/routes.ts";
import { version } from "./version.ts";

/** Names a server on this machine alone is called by; it listens on the last without its brackets. */
const loopback = ["localhost", "127.0.0.1", "[::1]"];
const graceMs = 10_000;

/** What a server is put together from. */
export interface Parts {
  readonly config: Config;
  /** Whole: gaps are filled. */
  readonly secrets: SecretSettings;
  readonly backends: Backends;
  readonly log: Logger;
  readonly metrics: Metrics;
}

/** A server that listens. */
export interface Running {
  readonly url: string;
  /** Lets requests in flight finish for 10 s at the most, and closes everything, the backends too. */
  close(): Promise<void>;
}

/** Puts the server together and listens; when that fails, the backends are still open. */
export async function start({ config, secrets, backends, log, metrics }: Parts): Promise<Running> {
  const isLocal = config.MCP_HOST === "::1" || loopback.includes(config.MCP_HOST);
  const hosts = hostTable(config);
  const pool = githubPool(config, version, { onRequest: metrics.github.tried });
  const cursorKeys = cursorKeysOf(keyringOf(secrets));
  const onRead = metrics.github.read;
  const contextFor = createCallerContext(config, { hosts, pool, cursorKeys, onRead });
  const onCall = reportCalls({ log, metrics, usage: backends.usage });
  const recheck = createRecheck(backends);
  const sse = config.MCP_LEGACY_SSE
    ? createSse({ contextFor, onCall, recheck, relay: backends.sseRelay })
    : undefined;
  const readiness = new Readiness();
  const loopDelay = new LoopDelay();
  const activeStreams = () => sse?.activeStreams() ?? 0;
  metrics.show({ activeStreams, storedKeys: async () => backends.tokens.count() });
  const app = createApp({
    ...backends,
    checkToken: createTokenCheck(hosts, pool),
    status: createStatus(config, { backends, hosts, pool, activeStreams }),
    admin: createAdminGate(adminsOf(secrets), { failures: new FailureLimiter({ limit: 5 }) }),
    hosts,
    contextFor,
    log,
    metrics,
    sse,
    readiness,
    checks: backends.checks,
    loopDelayMs: () => loopDelay.p99Ms,
    maxInFlight: config.MCP_MAX_IN_FLIGHT,
    basePath: config.MCP_BASE_PATH,
    hasHotPath: config.MCP_HOT_PATH,
    allowedHosts: config.MCP_ALLOWED_HOSTS ?? (isLocal ? loopback : undefined),
    allowedOrigins: config.MCP_ALLOWED_ORIGINS ?? (isLocal ? loopback : []),
    cors: {
      origins: config.CORS_ALLOW_ORIGINS ?? [],
      withCredentials: config.CORS_ALLOW_CREDENTIALS,
    },
    trustedProxies: config.MCP_TRUST_PROXY,
    metricsToken: config.MCP_METRICS_TOKEN,
  });
  const { server, url } = await serve(app, {
    host: config.MCP_HOST,
    port: config.MCP_PORT,
  });
  const lifecycle = new KeyLifecycle(
    { ...backends, channels: openChannels(config, log) },
    {
      idleDays: config.MCP_DISABLE_IDLE_DAYS,
      onFailure: logFailures(log),
      onEvent: recordOwnEvents(backends.audit, metrics),
      onCounts: (counts) => metrics.keys.counted(counts),
    },
  );
  lifecycle.start();
  const closing = new AbortController();
  void resealInBackground(backends.tokens, { log, metrics, signal: closing.signal });
  return {
    url,
    close: async () => {
      closing.abort();
      await lifecycle.stop();
      let streamsEnded: Promise<void> | undefined;
      await drain(server, {
        readiness,
        drainDelayMs: config.MCP_DRAIN_DELAY_MS,
        graceMs,
        // Streams get their hint to come again before the connections are cut.
        endStreams: () => {
          streamsEnded = sse?.close(graceMs - 1_000);
        },
      });
      await streamsEnded;
      loopDelay.stop();
      await Promise.all([backends.close(), pool.close()]);
    },
  };
}
