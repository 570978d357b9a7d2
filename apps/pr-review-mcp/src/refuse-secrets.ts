import { StartError } from "./errors.ts";

/** What people try, and the variable that is meant. */
const variables: ReadonlyMap<string, string> = new Map([
  ["--token", "GITHUB_TOKEN"],
  ["--github-token", "GITHUB_TOKEN"],
  ["--enterprise-token", "GH_ENTERPRISE_TOKEN"],
  ["--gh-enterprise-token", "GH_ENTERPRISE_TOKEN"],
  ["--secret-key", "MCP_SECRET_KEY"],
  ["--mcp-secret-key", "MCP_SECRET_KEY"],
  ["--admin-token", "MCP_ADMIN_TOKEN"],
  ["--mcp-admin-token", "MCP_ADMIN_TOKEN"],
  ["--metrics-token", "MCP_METRICS_TOKEN"],
  ["--mcp-metrics-token", "MCP_METRICS_TOKEN"],
  ["--redis-password", "REDIS_PASSWORD"],
]);

/**
 * Refuses flags that would carry a secret, which every user of the machine could read in its list of
 * processes. Throws `StartError` `bad-command-line`, which names the variable to set.
 */
export function refuseSecrets(args: readonly string[]): void {
  for (const arg of args) {
    const [flag = ""] = arg.split("=");
    const variable = variables.get(flag.toLowerCase());
    if (variable === undefined) continue;
    const message = `${flag} is not taken: others could read it. Set ${variable} instead.`;
    throw new StartError("bad-command-line", message);
  }
}
