import { answerJson } from "../answer-json.ts";
import { openApiDocument } from "../openapi/document.ts";
import type { Handler } from "../pipeline/handler.ts";
import { inTurn } from "../pipeline/in-turn.ts";
import { on } from "../pipeline/place.ts";
import { version } from "../version.ts";

/** What anybody may ask: `/health`, whether the process is alive; `/openapi.json`, what it can do. */
export function healthRoutes(): Handler {
  const document = openApiDocument();
  const health = { status: "healthy", service: "github-pr-review-mcp", version };
  return inTurn(
    on("GET", "/health", (_req, res) => answerJson(res, health)),
    on("GET", "/openapi.json", (_req, res) => answerJson(res, document)),
  );
}
