import { principalOf } from "@pr-review/auth/express";
import {
  fetchPrReviewComments,
  reportCall,
  type ToolAnswer,
  ToolError,
} from "@pr-review/mcp-tools";
import { z } from "zod";

import { answerJson } from "../answer-json.ts";
import { CallerWatch } from "../caller-watch.ts";
import type { CallerContextFor } from "../caller.ts";
import { bodyOf, jsonBody } from "../json-body.ts";
import type { ReportCall } from "../log/tool-calls.ts";
import type { Handler } from "../pipeline/handler.ts";
import { inTurn } from "../pipeline/in-turn.ts";
import { on } from "../pipeline/place.ts";

const body = z.looseObject({ output: z.unknown().optional() });
const answer = z.looseObject({ comments: z.unknown() });

/** What the routes need that call a tool without MCP. */
export interface ToolRouteOptions {
  readonly contextFor: CallerContextFor;
  readonly onCall?: ReportCall;
}

/** `POST /api/fetch-comments`: the tool of that name for clients that do not speak MCP. */
export function commentRoute({ contextFor, onCall }: ToolRouteOptions): Handler {
  const fetchComments: Handler = async (req, res) => {
    const parsed = body.safeParse(bodyOf(req));
    if (!parsed.success) throw new ToolError("invalid-arguments", "The body must be an object.");

    const { output = "json", ...args } = parsed.data;
    const principal = principalOf(res);
    const asked = { ...args, output };
    const result = await reportCall(fetchPrReviewComments, asked, contextFor(principal), {
      watch: new CallerWatch(res),
      onCall: (report) => onCall?.(report, { principal, res }),
    });
    const { comments, ...rest } = answer.parse(result.structured);
    const data = dataOf(output, comments, result);
    answerJson(res, { success: true, data, error: null, ...rest });
  };
  return on("POST", "/api/fetch-comments", inTurn(jsonBody, fetchComments));
}

function dataOf(output: unknown, comments: unknown, { texts }: ToolAnswer): unknown {
  if (output === "json") return comments;
  const markdown = texts.at(-1);
  return output === "markdown" ? markdown : { json: comments, markdown };
}
