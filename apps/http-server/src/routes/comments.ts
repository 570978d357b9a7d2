import { principalOf } from "@pr-review/auth/express";
import { fetchPrReviewComments, type ToolAnswer, ToolError } from "@pr-review/mcp-tools";
import { Router } from "express";
import { z } from "zod";

import type { CallerContextFor } from "../caller.ts";
import { jsonBody } from "../json-body.ts";
import { abortWhenGone } from "./abort-when-gone.ts";

const body = z.looseObject({ output: z.unknown().optional() });
const answer = z.looseObject({ comments: z.unknown() });

/** `POST /api/fetch-comments`: the tool of that name for clients that do not speak MCP. */
export function commentRoutes(contextFor: CallerContextFor): Router {
  const router = Router();
  router.post("/api/fetch-comments", ...jsonBody, async (req, res) => {
    const parsed = body.safeParse(req.body);
    if (!parsed.success) throw new ToolError("invalid-arguments", "The body must be an object.");

    const { output = "json", ...args } = parsed.data;
    const context = { ...contextFor(principalOf(res)), signal: abortWhenGone(res) };
    const result = await fetchPrReviewComments.call({ ...args, output }, context);
    const { comments, ...rest } = answer.parse(result.structured);
    res.json({ success: true, data: dataOf(output, comments, result), error: null, ...rest });
  });
  return router;
}

function dataOf(output: unknown, comments: unknown, { texts }: ToolAnswer): unknown {
  if (output === "json") return comments;
  const markdown = texts.at(-1);
  return output === "markdown" ? markdown : { json: comments, markdown };
}
