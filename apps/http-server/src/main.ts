import { createAdminGate } from "@pr-review/auth";
import { githubPool, hostTable, SettingsError } from "@pr-review/mcp-tools";
import { deriveKey, parseSecretKey } from "@pr-review/token-store";
import { pino } from "pino";

import { createApp } from "./app.ts";
import { openBackends } from "./backends.ts";
import { createCallerContext } from "./caller.ts";
import { loadConfig } from "./config.ts";
import { provideSecrets } from "./local-secrets.ts";
import { serve, stop } from "./serve.ts";
import { version } from "./version.ts";
import { welcome } from "./welcome.ts";

const loopback = ["localhost", "127.0.0.1", "[::1]"];
const graceMs = 10_000;

async function main(): Promise<void> {
  const config = loadConfig(process.env);
  const log = pino({ level: config.LOG_LEVEL });
  const secrets = await provideSecrets(config, config.MCP_DATA_DIR);
  const isLocal = loopback.includes(config.MCP_HOST);
  const hosts = hostTable(config);
  const pool = githubPool(config, version);
  const cursorKey = deriveKey(parseSecretKey(secrets.MCP_SECRET_KEY), "cursor/1");
  const app = createApp({
    ...openBackends(config, secrets.MCP_SECRET_KEY),
    admin: createAdminGate(secrets.MCP_ADMIN_TOKEN),
    hosts,
    contextFor: createCallerContext(config, { hosts, pool, cursorKey }),
    log,
    allowedHosts: config.MCP_ALLOWED_HOSTS ?? (isLocal ? loopback : undefined),
    allowedOrigins: config.MCP_ALLOWED_ORIGINS ?? (isLocal ? loopback : []),
  });
  const { server, url } = await serve(app, { host: config.MCP_HOST, port: config.MCP_PORT });
  log.info({ url }, "listening");
  if (config.NODE_ENV !== "production") process.stderr.write(welcome(url, secrets));

  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      log.info({ signal }, "closing");
      void stop(server, graceMs).then(() => pool.close());
    });
  }
}

/** 78 is EX_CONFIG of sysexits.h: restarting will not help, the settings must change. */
main().catch((error: unknown) => {
  const isSettings = error instanceof SettingsError;
  const lines = isSettings ? error.problems : [error instanceof Error ? error.message : "unknown"];
  for (const line of lines) process.stderr.write(`error: ${line}\n`);
  process.exitCode = isSettings ? 78 : 1;
});
