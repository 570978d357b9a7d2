import { askOverBridge } from "../bridge.ts";
import type { Era, Walk } from "../walk.ts";

/** The bridge for clients that only start programs, called as our README says. */
export const mcpRemoteWalks: readonly Walk[] = [
  walk("/mcp", "2025-11-25"),
  walk("/mcp", "2026-07-28"),
  walk("/sse", "2025-11-25", ["--transport", "sse-only"]),
];

function walk(path: string, era: Era, more: readonly string[] = []): Walk {
  return {
    client: "mcp-remote",
    transport: `stdio to ${path}`,
    era,
    usesKey: true,
    take: async (ground) => {
      const header = ["--header", "Authorization:${PR_REVIEW_AUTH}"];
      const args = [ground.url + path, ...header, ...more];
      return askOverBridge(ground, "mcp-remote", { args, era });
    },
  };
}
