import type { ServerResponse } from "node:http";

import type { Principal } from "@pr-review/auth";
import type { ToolCallReport } from "@pr-review/mcp-tools/server";
import type { UsageLog } from "@pr-review/usage-log";
import type { Logger } from "pino";

import type { Metrics } from "../metrics.ts";
import { isFault } from "../problems.ts";
import { factsOf, noteFacts } from "./request-facts.ts";
import { requestIdOf } from "./request-id.ts";

/** A call of a tool that has ended. */
export interface CallReport extends ToolCallReport {
  readonly principal: Principal;
  /** The answer it is part of; absent on a stream, whose answer was begun by another request. */
  readonly res?: ServerResponse | undefined;
}

/** Where calls are written down. */
export interface ReportServices {
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly usage: Pick<UsageLog, "note">;
}

/** What a key's policy refuses, in difference to what goes wrong. */
const denials = new Set(["insufficient-scope", "repository-not-allowed", "host-not-allowed"]);

/**
 * Counts calls and puts each into the line of its request. Lines of their own are for calls on streams,
 * for the further calls of a batch, and for faults of ours or GitHub's, with the error.
 */
export function reportCalls({ log, metrics, usage }: ReportServices): (report: CallReport) => void {
  return ({ tool, outcome, durationMs, points, cause, principal, res }) => {
    metrics.toolCalls.ended({ tool, outcome, durationMs });
    const { keyId, userId } = principal;
    usage.note({ keyId, userId, tool, outcome: usageOutcome(outcome), points });
    const isFirst = res !== undefined && factsOf(res).tool === undefined;
    if (isFirst) noteFacts(res, { tool, outcome });
    if (isFirst && !isFault(outcome)) return;

    const level = outcome === "internal-error" ? "error" : "info";
    const request_id = res && requestIdOf(res);
    const duration_ms = Math.round(durationMs);
    const err = isFault(outcome) ? cause : undefined;
    log[level](
      { request_id, key_id: keyId, user: userId, tool, outcome, duration_ms, err },
      "tool call",
    );
  };
}

function usageOutcome(outcome: string): "ok" | "error" | "denied" {
  if (outcome === "ok") return "ok";
  return denials.has(outcome) ? "denied" : "error";
}
