import { join } from "node:path";

import { isLoopback } from "../server-url.ts";
import { tokenVariable } from "./client.ts";
import type { Client, Place } from "./client.ts";

/**
 * Claude Desktop: `claude_desktop_config.json`, which knows programs only, so that mcp-remote
 * (https://www.npmjs.com/package/mcp-remote) carries the calls to an HTTP server.
 */
export const claudeDesktop: Client = {
  title: "Claude Desktop",
  language: "json",
  serverName: "pr-review",
  holdsSecret: true,
  file: (place) => join(folder(place), "Claude", "claude_desktop_config.json"),
  remote: ({ name, at, secret }) => {
    // Some versions break arguments at blanks, so the blank is in the variable.
    const header = ["--header", "Authorization:${PR_REVIEW_AUTH}"];
    const plain = at.startsWith("http:") && !isLoopback(at) ? ["--allow-http"] : [];
    const args = ["-y", "mcp-remote", at, "--transport", "http-only", ...plain, ...header];
    const env = { PR_REVIEW_AUTH: `Bearer ${secret}` };
    return [{ path: ["mcpServers", name], value: { command: "npx", args, env } }];
  },
  stdio: ({ name, at, secret }) => {
    const env = { [tokenVariable]: secret };
    return [{ path: ["mcpServers", name], value: { command: "node", args: [at], env } }];
  },
  next: ({ title }) =>
    `Quit Claude Desktop and start it again. The file holds the ${title}: keep it to yourself.`,
};

function folder({ platform, home, variables }: Place): string {
  if (platform === "darwin") return join(home, "Library", "Application Support");
  if (platform === "win32") return variables["APPDATA"] || join(home, "AppData", "Roaming");
  return variables["XDG_CONFIG_HOME"] || join(home, ".config");
}
