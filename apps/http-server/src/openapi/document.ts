import { fetchPrReviewComments, resolveOpenPrUrl } from "@pr-review/mcp-tools";

import { problems } from "../problems.ts";
import { ownRotation } from "../routes/own-key.ts";
import { version } from "../version.ts";
import { adminPaths } from "./admin-paths.ts";
import { access, operation } from "./operation.ts";

const problem = {
  type: "object",
  required: ["type", "title", "status", "detail", "code", "request_id"],
  properties: {
    type: { const: "about:blank" },
    title: { type: "string" },
    status: { type: "integer" },
    detail: { type: "string" },
    code: { enum: Object.keys(problems) },
    request_id: { type: "string" },
  },
};

/** The HTTP API as OpenAPI 3.1, whose bodies are the schemas that the server checks by. */
export function openApiDocument(): object {
  return {
    openapi: "3.1.0",
    // From where this document lies: right under any path that a proxy puts before it.
    servers: [{ url: "." }],
    info: { title: "PR Review MCP", version, license: { name: "MIT", identifier: "MIT" } },
    paths: {
      "/health": { get: operation("Whether the process is alive", { security: access.anybody }) },
      "/ready": { get: operation("Whether it wants work", { security: access.anybody }) },
      "/api/fetch-comments": {
        post: operation("The comments of a pull request", {
          security: access.key,
          body: fetchPrReviewComments.inputSchema,
        }),
      },
      "/api/resolve-pr": {
        post: operation("The open pull request of a branch", {
          security: access.key,
          body: resolveOpenPrUrl.inputSchema,
        }),
      },
      "/api/me": {
        get: operation("What this API key may do, and did today", { security: access.key }),
      },
      "/api/keys/rotate": {
        post: operation("A new API key in place of this one", {
          security: access.key,
          body: ownRotation,
        }),
      },
      ...adminPaths,
    },
    components: {
      schemas: { Problem: problem },
      securitySchemes: {
        apiKey: { type: "http", scheme: "bearer", description: "An API key: mcp_..." },
        adminToken: { type: "http", scheme: "bearer", description: "An admin token" },
      },
    },
  };
}
