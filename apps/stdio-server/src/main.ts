#!/usr/bin/env node
import { randomBytes } from "node:crypto";

import { serveStdio } from "@modelcontextprotocol/server/stdio";
import { GitHubAccess } from "@pr-review/github-comments";
import { githubPool, hostTable, SettingsError, sharedContext, tools } from "@pr-review/mcp-tools";
import { createMcpServerFactory } from "@pr-review/mcp-tools/server";
import { pino } from "pino";

import { detectCheckout } from "./checkout.ts";
import { credentialsOf, loadConfig } from "./config.ts";
import { withDotenv } from "./dotenv.ts";
import { version } from "./version.ts";

function main(): void {
  const config = loadConfig(withDotenv(process.env, ".env"));
  // Standard output belongs to the protocol.
  const log = pino({ level: config.LOG_LEVEL }, pino.destination({ dest: 2, sync: true }));
  const credentials = credentialsOf(config);
  if (credentials.length === 0) log.warn("no GitHub token: set GITHUB_TOKEN");

  const context = {
    github: new GitHubAccess(hostTable(config), credentials, githubPool(config, version)),
    ...sharedContext(config, randomBytes(32)),
    checkout: () => detectCheckout(config, process.cwd()),
  };
  const factory = createMcpServerFactory({
    tools,
    version,
    contextFor: () => context,
    onCall: ({ cause, ...report }) => log.info({ ...report, err: cause }, "tool call"),
  });
  serveStdio(factory, { onerror: (err) => log.warn({ err }, "protocol error") });
}

try {
  main();
} catch (error) {
  const isSettings = error instanceof SettingsError;
  const lines = isSettings ? error.problems : [error instanceof Error ? error.message : "unknown"];
  for (const line of lines) process.stderr.write(`error: ${line}\n`);
  process.exitCode = isSettings ? 78 : 1;
}
