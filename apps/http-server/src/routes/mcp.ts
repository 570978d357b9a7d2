import type { ServerResponse } from "node:http";

import type { AuthInfo } from "@modelcontextprotocol/server";
import type { Principal } from "@pr-review/auth";
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
  const service = createToolService({
    tools,
    version,
    contextFor: ({ authInfo }) => contextFor(callerIn(authInfo).principal),
    onCall: (report, { authInfo }) => onCall?.(report, callerIn(authInfo)),
  });
  const factory = serverFactoryOf(service);
  const hotPath = hasHotPath ? createHotPath(service) : undefined;
  return on("ANY", "/mcp", mountMcp({ factory, authOf: callerOf, hotPath }));
}

/** Who calls, as the SDK carries it from the endpoint to the tools; whoever prints it sees no credential. */
class McpCaller implements AuthInfo, Caller {
  readonly token: string;
  readonly clientId: string;
  readonly scopes: string[] = [];
  readonly #principal: Principal;
  readonly #res: ServerResponse;

  constructor(principal: Principal, res: ServerResponse) {
    this.token = principal.keyId;
    this.clientId = principal.keyId;
    this.#principal = principal;
    this.#res = res;
  }

  get principal(): Principal {
    return this.#principal;
  }

  get res(): ServerResponse {
    return this.#res;
  }
}

function callerOf(res: ServerResponse): McpCaller {
  return new McpCaller(principalOf(res), res);
}

function callerIn(auth: AuthInfo | undefined): McpCaller {
  if (auth instanceof McpCaller) return auth;
  throw new Error("a request reached MCP without a caller");
}
