import type { ServerResponse } from "node:http";

import type { Principal } from "@pr-review/auth";
import type { ToolCallReport } from "@pr-review/mcp-tools/server";
import type { UsageLog } from "@pr-review/usage-log";
import type { Logger } from "pino";

import type { Metrics } from "../metrics.ts";
import { isFault } from "../problems.ts";
import { factsOf } from "./request-facts.ts";
import { requestIdOf } from "./request-id.ts";

/** Who called a tool. */
export interface Caller {
  readonly principal: Principal;
  /** The answer that the call is part of; absent on a stream, whose answer was begun by another request. */
  readonly res?: ServerResponse | undefined;
}

/** Hears of a call that has ended. */
export type ReportCall = (report: ToolCallReport, caller: Caller) => void;

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
export function reportCalls({ log, metrics, usage }: ReportServices): ReportCall {
  return ({ tool, outcome, durationMs, points, cause }, { principal, res }) => {
    metrics.toolCalls.ended({ tool, outcome, durationMs });
    const { keyId, userId } = principal;
    usage.note({ keyId, userId, tool, outcome: usageOutcome(outcome), points });
    const facts = res && factsOf(res);
    if (facts?.tool === undefined && facts !== undefined) {
      facts.tool = tool;
      facts.outcome = outcome;
      if (!isFault(outcome)) return;
    }

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
