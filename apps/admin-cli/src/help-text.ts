import { exitCodes } from "./errors.ts";

/** What --help says below the commands: examples, where the admin token comes from, exit codes. */
export const helpText = `
Examples:
  pr-review-admin tokens create --user ada --description "laptop" --expires 90d
  pr-review-admin tokens list --expiring-within 7d --json
  pr-review-admin tokens rotate <key-id> --grace 24h
  pr-review-admin tokens import people.csv --out keys.csv

No secret is ever an argument. The admin token is taken from --admin-token-file, MCP_ADMIN_TOKEN,
<MCP_DATA_DIR or .data>/secrets.json if the server is on this machine, or asked for.

Exit codes:
${exitCodes.map(([code, meaning]) => `  ${String(code).padEnd(4)} ${meaning}`).join("\n")}
`;
