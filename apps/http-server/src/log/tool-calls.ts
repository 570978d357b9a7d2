import type { Principal } from "@pr-review/auth";
import type { ToolCallReport } from "@pr-review/mcp-tools/server";
import type { Response } from "express";
import type { Logger } from "pino";

import type { Metrics } from "../metrics.ts";
import { isFault, requestIdOf } from "../problems.ts";
import { factsOf, noteFacts } from "./request-facts.ts";

/** A call of a tool that has ended. */
export interface CallReport extends ToolCallReport {
  readonly principal: Principal;
  /** The answer it is part of; absent on a stream, whose answer was begun by another request. */
  readonly res?: Response | undefined;
}

/**
 * Counts calls and puts each into the line of its request. Lines of their own are for calls on streams,
 * for the further calls of a batch, and for faults of ours or GitHub's, with the error.
 */
export function reportCalls({
  log,
  metrics,
}: {
  readonly log: Logger;
  readonly metrics: Metrics;
}): (report: CallReport) => void {
  return ({ tool, outcome, durationMs, cause, principal, res }) => {
    metrics.toolCalls.ended({ tool, outcome, durationMs });
    const isFirst = res !== undefined && factsOf(res).tool === undefined;
    if (isFirst) noteFacts(res, { tool, outcome });
    if (isFirst && !isFault(outcome)) return;

    const level = outcome === "internal-error" ? "error" : "info";
    const request_id = res && requestIdOf(res);
    const { keyId: key_id, userId: user } = principal;
    const duration_ms = Math.round(durationMs);
    const err = isFault(outcome) ? cause : undefined;
    log[level]({ request_id, key_id, user, tool, outcome, duration_ms, err }, "tool call");
  };
}
