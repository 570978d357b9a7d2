import { setTimeout as sleep } from "node:timers/promises";

import type { McpServer, ServerContext } from "@modelcontextprotocol/server";

import { text } from "./content-tools.ts";

const pauseMs = 50;
const lines = ["Tool execution started", "Tool processing data", "Tool execution completed"];

/** Adds the tools that say something before they answer. */
export function addTalkingTools(server: McpServer): void {
  for (const name of ["test_tool_with_logging", "test_logging_tool"]) {
    server.registerTool(name, { description: "Logs three lines." }, async (context) => {
      for (const line of lines) {
        await context.mcpReq.log("info", line);
        await sleep(pauseMs);
      }
      return text("Logged three lines.");
    });
  }

  for (const name of ["test_tool_with_progress", "test_reconnection"]) {
    server.registerTool(name, { description: "Tells its progress." }, async (context) => {
      for (const progress of [0, 50, 100]) {
        await tell(progress, context);
        await sleep(pauseMs);
      }
      return text("Done.");
    });
  }
}

async function tell(progress: number, { mcpReq }: ServerContext): Promise<void> {
  const progressToken = mcpReq._meta?.progressToken;
  if (progressToken === undefined) return;
  const params = { progressToken, progress, total: 100 };
  await mcpReq.notify({ method: "notifications/progress", params });
}
