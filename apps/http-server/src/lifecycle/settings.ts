import { wholeNumber } from "@pr-review/mcp-tools";
import { z } from "zod";

/** The settings of what happens to keys by itself. */
export const lifecycleSettings = z.object({
  MCP_DISABLE_IDLE_DAYS: wholeNumber(1, 3_650).optional(),
});
