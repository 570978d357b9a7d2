import { join } from "node:path";

import { tokenVariable } from "./client.ts";
import type { Change, Client } from "./client.ts";

/**
 * VS Code: `.vscode/mcp.json` of a workspace, with secrets it asks for
 * (https://code.visualstudio.com/docs/copilot/reference/mcp-configuration).
 */
export const vscode: Client = {
  title: "VS Code",
  language: "json",
  serverName: "pr-review",
  holdsSecret: false,
  file: ({ folder }) => join(folder, ".vscode", "mcp.json"),
  remote: ({ name, at }) => {
    const headers = { Authorization: `Bearer \${input:${name}-key}` };
    return [
      input(`${name}-key`, "API key of PR Review MCP"),
      { path: ["servers", name], value: { type: "http", url: at, headers } },
    ];
  },
  stdio: ({ name, at }) => {
    const env = { [tokenVariable]: `\${input:${name}-token}` };
    const value = { type: "stdio", command: "node", args: [at], env };
    return [
      input(`${name}-token`, "GitHub token for PR Review MCP"),
      { path: ["servers", name], value },
    ];
  },
  next: ({ title }) =>
    `Open this folder in VS Code and start the server; it asks for the ${title} once, and keeps it.`,
};

function input(id: string, description: string): Change {
  return { path: ["inputs"], member: { id, type: "promptString", description, password: true } };
}
