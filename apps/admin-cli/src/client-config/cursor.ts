import { join } from "node:path";

import { keyVariable, tokenVariable } from "./client.ts";
import type { Client } from "./client.ts";

/** Cursor: `~/.cursor/mcp.json`, with ${env:VARIABLES} (https://cursor.com/docs/mcp). */
export const cursor: Client = {
  title: "Cursor",
  language: "json",
  serverName: "pr-review",
  holdsSecret: false,
  file: ({ home }) => join(home, ".cursor", "mcp.json"),
  remote: ({ name, at }) => {
    const headers = { Authorization: `Bearer \${env:${keyVariable}}` };
    return [{ path: ["mcpServers", name], value: { url: at, headers } }];
  },
  stdio: ({ name, at }) => {
    const env = { [tokenVariable]: `\${env:${tokenVariable}}` };
    return [{ path: ["mcpServers", name], value: { command: "node", args: [at], env } }];
  },
  next: ({ variable, title }) =>
    `Set ${variable} to the ${title} where Cursor is started, then start it again.`,
};
