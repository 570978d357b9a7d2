import { toNodeHandler } from "@modelcontextprotocol/node";
import { type AuthInfo, createMcpHandler } from "@modelcontextprotocol/server";
import type { Principal } from "@pr-review/auth";
import { principalOf } from "@pr-review/auth/express";
import { tools } from "@pr-review/mcp-tools";
import type { ToolContext } from "@pr-review/mcp-tools";
import { createMcpServerFactory } from "@pr-review/mcp-tools/server";
import type { RequestHandler, Response } from "express";

import type { ReportCall } from "../../src/log/tool-calls.ts";

interface Caller {
  readonly principal: Principal;
  readonly res: Response;
}

/** Serves the tools over MCP, and tells of every call with the answer it is part of. */
export function mountTools({
  contextFor,
  onCall,
}: {
  readonly contextFor: (principal: Principal) => ToolContext;
  readonly onCall: ReportCall;
}): RequestHandler {
  const callers = new WeakMap<AuthInfo, Caller>();
  const callerOf = (auth: AuthInfo | undefined) => {
    const caller = auth && callers.get(auth);
    if (caller === undefined) throw new Error("nobody called");
    return caller;
  };
  const factory = createMcpServerFactory({
    tools,
    version: "0.0.0",
    contextFor: ({ authInfo }) => contextFor(callerOf(authInfo).principal),
    onCall: (report, { authInfo }) => onCall(report, callerOf(authInfo)),
  });
  const handle = toNodeHandler(createMcpHandler(factory));
  return async (req, res) => {
    const principal = principalOf(res);
    const auth: AuthInfo = { token: principal.keyId, clientId: principal.keyId, scopes: [] };
    callers.set(auth, { principal, res });
    await handle(Object.assign(req, { auth }), res);
  };
}

/** The headers and the body of a call, as a client of 2025-06-18 sends it. */
export function toolCall(
  name: string,
  args: object,
): { readonly headers: Readonly<Record<string, string>>; readonly body: string } {
  const params = { name, arguments: args };
  return {
    headers: {
      "content-type": "application/json",
      accept: "application/json, text/event-stream",
      "mcp-protocol-version": "2025-06-18",
    },
    body: JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/call", params }),
  };
}
