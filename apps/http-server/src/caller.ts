import type { Principal } from "@pr-review/auth";
import { githubAccess, hostTable, readLimits, type ToolSettings } from "@pr-review/mcp-tools";
import type { CallerContext } from "@pr-review/mcp-tools/server";

import { version } from "./version.ts";

/** What the tools may use on behalf of a caller: that caller's token, and nobody's checkout. */
export type CallerContextFor = (principal: Principal) => CallerContext;

/** Prepares what all callers share, so that a request only adds its own credential. */
export function createCallerContext(settings: ToolSettings): CallerContextFor {
  const hosts = hostTable(settings);
  const limits = readLimits(settings);
  return ({ credential }) => {
    return {
      limits,
      github: githubAccess(settings, hosts, { credentials: [credential], version }),
    };
  };
}
