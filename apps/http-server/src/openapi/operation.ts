import { z } from "zod";

/** Who may ask. */
export const access = {
  anybody: [],
  key: [{ apiKey: [] }],
  admin: [{ adminToken: [] }],
} as const;

/** What an operation says of itself. */
export interface OperationOptions {
  readonly security: (typeof access)[keyof typeof access];
  /** The schema that the body is checked by. */
  readonly body?: z.ZodType | object;
  /** The schema that the query is checked by. */
  readonly query?: z.ZodType;
  /** Names in the path, between braces. */
  readonly path?: readonly string[];
}

const shape = z.looseObject({ properties: z.record(z.string(), z.unknown()).default({}) });

const refusals = {
  default: {
    description: "A problem (RFC 9457); `code` says which.",
    content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
  },
};

/** One operation of OpenAPI 3.1, whose schemas are those that the server checks by. */
export function operation(
  summary: string,
  { security, body, query, path = [] }: OperationOptions,
): object {
  const inPath = path.map((name) => ({
    name,
    in: "path",
    required: true,
    schema: { type: "string" },
  }));
  const parameters = [...inPath, ...(query === undefined ? [] : queryParameters(query))];
  const done = {
    description: "Done",
    content: { "application/json": { schema: { type: "object" } } },
  };
  return {
    summary,
    security,
    ...(parameters.length > 0 && { parameters }),
    ...(body !== undefined && {
      requestBody: { required: true, content: { "application/json": { schema: schemaOf(body) } } },
    }),
    responses: { 200: done, ...refusals },
  };
}

function queryParameters(query: z.ZodType): readonly object[] {
  const { properties } = shape.parse(schemaOf(query));
  return Object.entries(properties).map(([name, schema]) => ({ name, in: "query", schema }));
}

/** What may be sent, not what becomes of it. */
function schemaOf(schema: z.ZodType | object): object {
  return schema instanceof z.ZodType ? z.toJSONSchema(schema, { io: "input" }) : schema;
}
