import { fetchPrReviewComments, resolveOpenPrUrl } from "@pr-review/mcp-tools";
import { z } from "zod";

import { problems } from "./problems.ts";
import { grant } from "./routes/grant.ts";
import { version } from "./version.ts";

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

const refusals = {
  default: {
    description: "A problem (RFC 9457); `code` says which.",
    content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
  },
};

const byKey = [{ apiKey: [] }];
const byAdmin = [{ adminToken: [] }];
const anyObject = { type: "object" };
const keyParameter = { name: "key", in: "path", required: true, schema: { type: "string" } };

/** The HTTP API as OpenAPI 3.1, whose bodies are the schemas that the server checks by. */
export function openApiDocument(): object {
  return {
    openapi: "3.1.0",
    info: { title: "PR Review MCP", version, license: { name: "MIT", identifier: "MIT" } },
    paths: {
      "/health": { get: operation("Whether the process is alive", [], {}) },
      "/api/fetch-comments": {
        post: withBody("The comments of a pull request", byKey, fetchPrReviewComments.inputSchema),
      },
      "/api/resolve-pr": {
        post: withBody("The open pull request of a branch", byKey, resolveOpenPrUrl.inputSchema),
      },
      "/admin/tokens": {
        get: operation("The API keys, without their secrets", byAdmin, {}),
        post: withBody("Creates an API key", byAdmin, z.toJSONSchema(grant, { io: "input" })),
      },
      "/admin/tokens/{key}": {
        delete: operation("Revokes an API key", byAdmin, { parameters: [keyParameter] }),
      },
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

function withBody(summary: string, security: readonly object[], schema: object): object {
  const requestBody = { required: true, content: { "application/json": { schema } } };
  return operation(summary, security, { requestBody });
}

function operation(summary: string, security: readonly object[], more: object): object {
  const answered = { description: "Done", content: { "application/json": { schema: anyObject } } };
  return { summary, security, ...more, responses: { 200: answered, ...refusals } };
}
