import { principalOf } from "@pr-review/auth/express";
import { reportCall, resolveOpenPrUrl } from "@pr-review/mcp-tools";

import { answerJson } from "../answer-json.ts";
import { CallerWatch } from "../caller-watch.ts";
import { bodyOf, jsonBody } from "../json-body.ts";
import type { Handler } from "../pipeline/handler.ts";
import { inTurn } from "../pipeline/in-turn.ts";
import { on } from "../pipeline/place.ts";
import type { ToolRouteOptions } from "./comments.ts";

/** `POST /api/resolve-pr`: the open pull request of a branch, for clients that do not speak MCP. */
export function resolveRoute({ contextFor, onCall }: ToolRouteOptions): Handler {
  const resolve: Handler = async (req, res) => {
    const principal = principalOf(res);
    const { structured } = await reportCall(resolveOpenPrUrl, bodyOf(req), contextFor(principal), {
      watch: new CallerWatch(res),
      onCall: (report) => onCall?.(report, { principal, res }),
    });
    answerJson(res, { success: true, data: structured, error: null });
  };
  return on("POST", "/api/resolve-pr", inTurn(jsonBody, resolve));
}
