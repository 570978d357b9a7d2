import { join } from "node:path";

import { keyVariable, tokenVariable } from "./client.ts";
import type { Client } from "./client.ts";

/**
 * Claude Code: `.mcp.json` of a project, with ${VARIABLES} in `url`, `headers`, `args` and `env`
 * (https://code.claude.com/docs/en/mcp). The file of a user's own servers is Claude Code's to write.
 */
export const claudeCode: Client = {
  title: "Claude Code",
  language: "json",
  serverName: "pr-review",
  holdsSecret: false,
  file: ({ folder }) => join(folder, ".mcp.json"),
  remote: ({ name, at }) => {
    const headers = { Authorization: `Bearer \${${keyVariable}}` };
    return [{ path: ["mcpServers", name], value: { type: "http", url: at, headers } }];
  },
  stdio: ({ name, at }) => {
    const env = { [tokenVariable]: `\${${tokenVariable}}` };
    const value = { type: "stdio", command: "node", args: [at], env };
    return [{ path: ["mcpServers", name], value }];
  },
  next: ({ variable, title }) =>
    `Set ${variable} to the ${title} where Claude Code is started, start it in this folder, and let it use the server.`,
};
