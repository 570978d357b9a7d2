#!/usr/bin/env node
import { SettingsError } from "@pr-review/mcp-tools";
import { TokenStoreError } from "@pr-review/token-store";

import { openBackends } from "./backends/open.ts";
import { loadConfig } from "./config.ts";
import { createLogger } from "./log/logger.ts";
import { Metrics } from "./metrics.ts";
import { provideSecrets } from "./secrets/local.ts";
import { keyringOf } from "./secrets/settings.ts";
import { start } from "./start.ts";
import { onStopSignal } from "./stop-signals.ts";
import { welcome } from "./welcome.ts";

async function main(): Promise<void> {
  const config = loadConfig(process.env);
  const log = createLogger(config.LOG_LEVEL);
  const secrets = await provideSecrets(config, config.MCP_DATA_DIR);
  const metrics = new Metrics();
  metrics.showProcess();
  const backends = await openBackends(config, { keyring: keyringOf(secrets), log, metrics });
  const running = await start({ config, secrets, backends, log, metrics }).catch(
    async (error: unknown) => {
      await backends.close();
      throw error;
    },
  );
  log.info({ url: running.url }, "listening");
  // Whoever started this may be waiting for the line.
  log.flush();
  if (config.NODE_ENV !== "production") process.stderr.write(welcome(running.url, secrets));

  onStopSignal((signal) => {
    log.info({ signal }, "closing");
    void running.close();
  });
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
