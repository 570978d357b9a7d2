import { createAdminGate, FailureLimiter } from "@pr-review/auth";
import { githubPool, hostTable, SettingsError } from "@pr-review/mcp-tools";
import { TokenStoreError } from "@pr-review/token-store";
import type { Logger } from "pino";

import { createApp } from "./app.ts";
import type { Backends } from "./backends/backends.ts";
import { openBackends } from "./backends/open.ts";
import { resealInBackground } from "./backends/reseal.ts";
import { createCallerContext } from "./caller.ts";
import { type Config, loadConfig } from "./config.ts";
import { createLogger } from "./log/logger.ts";
import { Metrics } from "./metrics.ts";
import { cursorKeysOf } from "./secrets/cursor-keys.ts";
import { provideSecrets, type Secrets } from "./secrets/local.ts";
import { adminsOf, keyringOf } from "./secrets/settings.ts";
import { serve, stop } from "./serve.ts";
import { version } from "./version.ts";
import { welcome } from "./welcome.ts";

const loopback = ["localhost", "127.0.0.1", "[::1]"];
const graceMs = 10_000;

async function main(): Promise<void> {
  const config = loadConfig(process.env);
  const log = createLogger(config.LOG_LEVEL);
  const secrets = await provideSecrets(config, config.MCP_DATA_DIR);
  const metrics = new Metrics();
  const keyring = keyringOf(secrets);
  const backends = await openBackends(config, { keyring, log, metrics });
  try {
    await run({ config, log, secrets, metrics, backends });
  } catch (error) {
    await backends.close();
    throw error;
  }
}

interface Parts {
  readonly config: Config;
  readonly log: Logger;
  readonly secrets: Secrets;
  readonly metrics: Metrics;
  readonly backends: Backends;
}

/** Listens, and closes everything in order when told to stop. */
async function run({ config, log, secrets, metrics, backends }: Parts): Promise<void> {
  const isLocal = loopback.includes(config.MCP_HOST);
  const hosts = hostTable(config);
  const pool = githubPool(config, version);
  const cursorKeys = cursorKeysOf(keyringOf(secrets));
  const app = createApp({
    ...backends,
    admin: createAdminGate(adminsOf(secrets), { failures: new FailureLimiter({ limit: 5 }) }),
    hosts,
    contextFor: createCallerContext(config, { hosts, pool, cursorKeys }),
    log,
    metrics,
    allowedHosts: config.MCP_ALLOWED_HOSTS ?? (isLocal ? loopback : undefined),
    allowedOrigins: config.MCP_ALLOWED_ORIGINS ?? (isLocal ? loopback : []),
    trustedProxies: config.MCP_TRUST_PROXY,
  });
  const { server, url } = await serve(app, { host: config.MCP_HOST, port: config.MCP_PORT });
  log.info({ url }, "listening");
  if (config.NODE_ENV !== "production") process.stderr.write(welcome(url, secrets));
  const closing = new AbortController();
  void resealInBackground(backends.tokens, { log, metrics, signal: closing.signal });

  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      log.info({ signal }, "closing");
      closing.abort();
      void stop(server, graceMs).then(() => Promise.all([backends.close(), pool.close()]));
    });
  }
}

/** 78 is EX_CONFIG of sysexits.h: restarting will not help, the settings must change. */
main().catch((error: unknown) => {
  const isSettings =
    error instanceof SettingsError ||
    (error instanceof TokenStoreError && error.code === "wrong-secret-key");
  const lines =
    error instanceof SettingsError
      ? error.problems
      : [error instanceof Error ? error.message : "unknown"];
  for (const line of lines) process.stderr.write(`error: ${line}\n`);
  process.exitCode = isSettings ? 78 : 1;
});
