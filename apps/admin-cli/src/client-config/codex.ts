import { join } from "node:path";

import { keyVariable, tokenVariable } from "./client.ts";
import type { Client } from "./client.ts";

/**
 * Codex: `config.toml` in CODEX_HOME, which names the variables that hold secrets
 * (https://developers.openai.com/codex/mcp).
 */
export const codex: Client = {
  title: "Codex",
  language: "toml",
  serverName: "pr_review",
  holdsSecret: false,
  file: ({ home, variables }) =>
    join(variables["CODEX_HOME"] || join(home, ".codex"), "config.toml"),
  remote: ({ name, at }) => [
    { path: ["mcp_servers", name], value: { url: at, bearer_token_env_var: keyVariable } },
  ],
  stdio: ({ name, at }) => [
    {
      path: ["mcp_servers", name],
      value: { command: "node", args: [at], env_vars: [tokenVariable] },
    },
  ],
  next: ({ variable, title }) => `Set ${variable} to the ${title} where Codex is started.`,
};
