import type { Principal } from "@pr-review/auth";
import { GitHubAccess, type GitHubPool, type HostTable } from "@pr-review/github-comments";
import { readLimits, type ToolSettings } from "@pr-review/mcp-tools";
import type { CallerContext } from "@pr-review/mcp-tools/server";

/** What the tools may use on behalf of a caller: that caller's token, and nobody's checkout. */
export type CallerContextFor = (principal: Principal) => CallerContext;

/** Prepares what all callers share, so that a request only adds its own credential. */
export function createCallerContext(
  settings: ToolSettings,
  { hosts, pool }: { readonly hosts: HostTable; readonly pool: GitHubPool },
): CallerContextFor {
  const limits = readLimits(settings);
  return ({ credential }) => ({ limits, github: new GitHubAccess(hosts, [credential], pool) });
}
