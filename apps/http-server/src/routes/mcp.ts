import { toNodeHandler } from "@modelcontextprotocol/node";
import { type AuthInfo, createMcpHandler } from "@modelcontextprotocol/server";
import type { Principal } from "@pr-review/auth";
import { principalOf } from "@pr-review/auth/express";
import { tools } from "@pr-review/mcp-tools";
import { createMcpServerFactory, type ToolCallReport } from "@pr-review/mcp-tools/server";
import { Router } from "express";

import type { CallerContextFor } from "../caller.ts";
import { version } from "../version.ts";

const maxRequestBodySize = 1024 * 1024;

/** What `/mcp` needs. */
export interface McpRouteOptions {
  readonly contextFor: CallerContextFor;
  readonly onCall?: (report: ToolCallReport & { readonly principal: Principal }) => void;
}

/** `/mcp`: Streamable HTTP of both protocol eras, stateless. The body is read after authentication. */
export function mcpRoutes({ contextFor, onCall }: McpRouteOptions): Router {
  const principals = new WeakMap<AuthInfo, Principal>();
  const factory = createMcpServerFactory({
    tools,
    version,
    contextFor: ({ authInfo }) => contextFor(principalIn(authInfo, principals)),
    onCall: (report, { authInfo }) =>
      onCall?.({ ...report, principal: principalIn(authInfo, principals) }),
  });
  const handle = toNodeHandler(createMcpHandler(factory, { maxRequestBodySize }));

  const router = Router();
  router.all("/mcp", async (req, res) => {
    const principal = principalOf(res);
    const auth: AuthInfo = { token: principal.keyId, clientId: principal.keyId, scopes: [] };
    principals.set(auth, principal);
    await handle(Object.assign(req, { auth }), res);
  });
  return router;
}

function principalIn(
  auth: AuthInfo | undefined,
  principals: WeakMap<AuthInfo, Principal>,
): Principal {
  const principal = auth === undefined ? undefined : principals.get(auth);
  if (principal === undefined) throw new Error("a request reached MCP without a principal");
  return principal;
}
