import type { ServerResponse } from "node:http";

import type { AuthInfo } from "@modelcontextprotocol/server";
import { principalOf } from "@pr-review/auth/express";
import { tools } from "@pr-review/mcp-tools";
import { createToolService, serverFactoryOf } from "@pr-review/mcp-tools/server";

import type { CallerContextFor } from "../caller.ts";
import type { Caller, ReportCall } from "../log/tool-calls.ts";
import { createHotPath } from "../mcp/hot-path.ts";
import { mountMcp } from "../mcp/mount.ts";
import type { Handler } from "../pipeline/handler.ts";
import { on } from "../pipeline/place.ts";
import { version } from "../version.ts";

/** What `/mcp` needs. */
export interface McpRouteOptions {
  readonly contextFor: CallerContextFor;
  readonly onCall?: ReportCall;
  /** Whether plain calls bypass the SDK; they do unless told otherwise. */
  readonly hasHotPath?: boolean;
}

/** `/mcp`: our tools over Streamable HTTP of every revision, for callers known by then. */
export function mcpRoute({ contextFor, onCall, hasHotPath = true }: McpRouteOptions): Handler {
  const callers = new WeakMap<AuthInfo, Caller>();
  const service = createToolService({
    tools,
    version,
    contextFor: ({ authInfo }) => contextFor(callerIn(authInfo, callers).principal),
    onCall: (report, { authInfo }) => onCall?.(report, callerIn(authInfo, callers)),
  });
  const authOf = (res: ServerResponse) => {
    const principal = principalOf(res);
    const auth: AuthInfo = { token: principal.keyId, clientId: principal.keyId, scopes: [] };
    callers.set(auth, { principal, res });
    return auth;
  };

  const factory = serverFactoryOf(service);
  const hotPath = hasHotPath ? createHotPath(service) : undefined;
  return on("ANY", "/mcp", mountMcp({ factory, authOf, hotPath }));
}

function callerIn(auth: AuthInfo | undefined, callers: WeakMap<AuthInfo, Caller>): Caller {
  const caller = auth === undefined ? undefined : callers.get(auth);
  if (caller === undefined) throw new Error("a request reached MCP without a caller");
  return caller;
}
