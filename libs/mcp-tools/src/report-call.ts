import type { ReadWatch } from "@pr-review/github-comments";

import { toToolError } from "./errors.ts";
import type { Tool, ToolAnswer, ToolContext } from "./tool.ts";

/** How one call of a tool ended. */
export interface ToolCallReport {
  readonly tool: string;
  /** `ok`, or the code of the error. */
  readonly outcome: string;
  readonly durationMs: number;
  /** GraphQL points that GitHub charged the caller for it. */
  readonly points: number;
  /** The error behind `internal-error` and the like; for logs, never for callers. */
  readonly cause?: unknown;
}

/** Who waits for a call, and who hears how it ended. */
export interface ReportOptions {
  readonly watch?: ReadWatch | undefined;
  readonly onCall?: ((report: ToolCallReport) => void) | undefined;
}

/** Calls a tool and tells how that ended; resolves and rejects as the call does. */
export async function reportCall(
  tool: Tool,
  args: unknown,
  context: ToolContext,
  { watch = {}, onCall }: ReportOptions = {},
): Promise<ToolAnswer> {
  const started = performance.now();
  const report = (outcome: string, cause?: unknown) =>
    onCall?.({
      tool: tool.name,
      outcome,
      durationMs: performance.now() - started,
      points: context.github.spentPoints,
      cause,
    });
  try {
    const answer = await tool.call(args, context, watch);
    report("ok");
    return answer;
  } catch (error) {
    const { code, cause } = toToolError(error);
    // Whatever breaks when a caller leaves breaks for that reason.
    const isCancelled = code === "internal-error" && watch.signal?.aborted === true;
    report(isCancelled ? "cancelled" : code, cause);
    throw error;
  }
}
