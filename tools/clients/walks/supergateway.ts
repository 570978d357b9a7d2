import { SSEClientTransport, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";

import { askOverBridge } from "../bridge.ts";
import { type GatewayKind, serveByGateway } from "../gateway.ts";
import { askBySdk } from "../sdk-client.ts";
import type { Era, Walk } from "../walk.ts";

const client = "supergateway";

/** Its HTTP client is an SDK of before 2026-07-28. */
const noModernClient = { limit: /did not offer pinned protocol version 2026-07-28/ };
/** It tells the status of a refused stream, and not what was said. */
const statusOnly = { hides: /Non-200 status code \(401\)/ };

/** The gateway both ways: from stdio to our http-server, and from HTTP to our stdio server. */
export const supergatewayWalks: readonly Walk[] = [
  outward("/mcp", "2025-11-25"),
  { ...outward("/mcp", "2026-07-28"), ...noModernClient },
  { ...outward("/sse", "2025-11-25"), ...statusOnly },
  inward("HTTP", "2025-11-25"),
  inward("HTTP", "2026-07-28"),
  // For each request it starts the program anew, and begins as clients of 2024-11-05 do.
  inward("HTTP, no sessions", "2025-11-25", "2024-11-05"),
  inward("HTTP, no sessions", "2026-07-28"),
  inward("SSE", "2025-11-25"),
];

function outward(path: "/mcp" | "/sse", era: Era): Walk {
  return {
    client,
    transport: `stdio to ${path}`,
    era,
    usesKey: true,
    take: async (ground) => {
      const flag = path === "/mcp" ? "--streamableHttp" : "--sse";
      const args = [flag, ground.url + path, "--oauth2Bearer", ground.key];
      return askOverBridge(ground, client, { args, era });
    },
  };
}

function inward(kind: GatewayKind, era: Era, spoken: string = era): Walk {
  return {
    client,
    transport: `${kind} to stdio`,
    era: spoken,
    usesKey: false,
    take: async (ground) => {
      const gateway = await serveByGateway(ground, kind);
      const transport =
        kind === "SSE"
          ? new SSEClientTransport(new URL("/sse", gateway.url))
          : new StreamableHTTPClientTransport(new URL("/mcp", gateway.url));
      try {
        return await askBySdk(transport, { era, overheard: gateway.shown });
      } finally {
        await gateway.end();
      }
    },
  };
}
