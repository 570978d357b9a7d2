import { join } from "node:path";

import { keyVariable, tokenVariable } from "./client.ts";
import type { Client } from "./client.ts";

/**
 * Windsurf: `~/.codeium/windsurf/mcp_config.json`, with `serverUrl` and ${env:VARIABLES}
 * (https://docs.windsurf.com/windsurf/cascade/mcp).
 */
export const windsurf: Client = {
  title: "Windsurf",
  language: "json",
  serverName: "pr-review",
  holdsSecret: false,
  file: ({ home }) => join(home, ".codeium", "windsurf", "mcp_config.json"),
  remote: ({ name, at }) => {
    const headers = { Authorization: `Bearer \${env:${keyVariable}}` };
    return [{ path: ["mcpServers", name], value: { serverUrl: at, headers } }];
  },
  stdio: ({ name, at }) => {
    const env = { [tokenVariable]: `\${env:${tokenVariable}}` };
    return [{ path: ["mcpServers", name], value: { command: "node", args: [at], env } }];
  },
  next: ({ variable, title }) =>
    `Set ${variable} to the ${title} where Windsurf is started, start it again, and refresh its MCP servers.`,
};
