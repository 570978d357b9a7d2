import type { AuthInfo, McpServer, Server } from "@modelcontextprotocol/server";
import type { Principal } from "@pr-review/auth";
import { tools } from "@pr-review/mcp-tools";
import { createMcpServerFactory } from "@pr-review/mcp-tools/server";

import type { CallerContextFor } from "../caller.ts";
import type { ReportCall } from "../log/tool-calls.ts";
import { version } from "../version.ts";

/** Whose stream it is, as the latest message found that key to be. */
export interface StreamCaller {
  principal: Principal;
}

/** Makes the MCP server that speaks on one stream; each call acts for the caller of that moment. */
export type StreamServerFactory = (caller: StreamCaller) => Promise<McpServer | Server>;

/** What the tools need, and who hears of their calls. */
export interface StreamServerOptions {
  readonly contextFor: CallerContextFor;
  readonly onCall?: ReportCall;
}

/** Prepares what all streams share. */
export function createStreamServers({
  contextFor,
  onCall,
}: StreamServerOptions): StreamServerFactory {
  const callers = new WeakMap<AuthInfo, StreamCaller>();
  const factory = createMcpServerFactory({
    tools,
    version,
    contextFor: ({ authInfo }) => contextFor(callerIn(authInfo, callers).principal),
    onCall: (report, { authInfo }) =>
      onCall?.(report, { principal: callerIn(authInfo, callers).principal }),
  });
  return async (caller) => {
    const { keyId } = caller.principal;
    const authInfo: AuthInfo = { token: keyId, clientId: keyId, scopes: [] };
    callers.set(authInfo, caller);
    return factory({ era: "legacy", authInfo });
  };
}

function callerIn(
  auth: AuthInfo | undefined,
  callers: WeakMap<AuthInfo, StreamCaller>,
): StreamCaller {
  const caller = auth === undefined ? undefined : callers.get(auth);
  if (caller === undefined) throw new Error("a stream reached MCP without a caller");
  return caller;
}
