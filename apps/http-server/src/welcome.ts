import { dirname } from "node:path";

import type { Secrets } from "./secrets/local.ts";

/** What a person at a terminal needs next: where the secrets are, and the commands to a first answer. */
export function welcome(url: string, { file, isNew }: Secrets): string {
  const made = isNew
    ? "Made a secret key and an admin token"
    : "Using the secret key and admin token";
  return `
PR Review MCP is listening on ${url}
${file === undefined ? "" : `${made} in ${file} (keep it private).\n`}
1. Create an API key (asks for a GitHub token):
     ${variablesFor(file)}npm run admin -- tokens create --user "$USER" --url ${url}

2. Point a client at it, for example Claude Code:
     claude mcp add --transport http pr-review ${url}/mcp --header "Authorization: Bearer mcp_..."
`;
}

/** The command line looks for the admin token in `.data`, unless it is told of another folder. */
function variablesFor(file: string | undefined): string {
  const folder = dirname(file ?? ".data/secrets.json");
  return folder === ".data" ? "" : `MCP_DATA_DIR="${folder}" `;
}
