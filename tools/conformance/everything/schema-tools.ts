import { fromJsonSchema, type McpServer } from "@modelcontextprotocol/server";

import { text } from "./content-tools.ts";

/** Keywords of JSON Schema 2020-12 that a server must hand on as they are (SEP-1613, SEP-2106). */
const manyKeywords = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  type: "object",
  $defs: {
    address: {
      $anchor: "addressDef",
      type: "object",
      properties: { street: { type: "string" }, city: { type: "string" } },
    },
  },
  properties: {
    name: { type: "string" },
    address: { $ref: "#/$defs/address" },
    contactMethod: { type: "string", enum: ["phone", "email"] },
    phone: { type: "string" },
    email: { type: "string" },
  },
  allOf: [{ anyOf: [{ required: ["phone"] }, { required: ["email"] }] }],
  if: { properties: { contactMethod: { const: "phone" } }, required: ["contactMethod"] },
  // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema
  then: { required: ["phone"] },
  else: { required: ["email"] },
  additionalProperties: false,
};

/** A parameter that a client repeats in the header `Mcp-Param-Region` (SEP-2243). */
const mirrored = {
  type: "object",
  properties: { region: { type: "string", "x-mcp-header": "Region" } },
};

const answer = () => text("The arguments fit.");

/** Adds the tools that are there for their input schema. */
export function addSchemaTools(server: McpServer): void {
  server.registerTool(
    "json_schema_2020_12_tool",
    {
      description: "Tool with JSON Schema 2020-12 features",
      inputSchema: fromJsonSchema(manyKeywords),
    },
    answer,
  );
  server.registerTool(
    "test_mirrored_parameter",
    { description: "Has a parameter that is a header too.", inputSchema: fromJsonSchema(mirrored) },
    answer,
  );
}
