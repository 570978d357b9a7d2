import { z } from "zod";

/** What a person is asked for, or what is set for them. */
const input = z.strictObject({
  description: z.string().optional(),
  isRequired: z.boolean().optional(),
  isSecret: z.boolean().optional(),
  format: z.enum(["string", "number", "boolean", "filepath"]).optional(),
  default: z.string().optional(),
  placeholder: z.string().optional(),
  value: z.string().optional(),
  choices: z.array(z.string()).min(1).optional(),
});
const variables = z.record(z.string(), input).default({});
const namedInput = input.extend({ name: z.string().min(1), variables });
const exactVersion = z
  .string()
  .max(255)
  .regex(/^\d+\.\d+\.\d+(?:-[\w.-]+)?$/, "must be one version, and no range");

/** A server that is run from a package. */
const localPackage = z.strictObject({
  registryType: z.literal("npm"),
  identifier: z.string().min(1),
  version: exactVersion,
  runtimeHint: z.enum(["npx"]).optional(),
  transport: z.strictObject({ type: z.literal("stdio") }),
  environmentVariables: z.array(namedInput).default([]),
});

/** A server that runs elsewhere: every `{name}` in its address and headers is a variable of it. */
const remote = z
  .strictObject({
    type: z.enum(["streamable-http", "sse"]),
    url: z.string().regex(/^https:\/\/\S+$/),
    variables,
    headers: z.array(namedInput).default([]),
  })
  .refine(
    ({ url, ...rest }) =>
      isFilled(url, rest.variables) &&
      rest.headers.every((header) => isFilled(header.value, header.variables)),
    "has a {name} that is no variable",
  );

/**
 * An entry of the MCP registry, as far as we use what its schema of 2025-12-11 has; what is not known is
 * refused (https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json).
 */
export const registryEntry = z.strictObject({
  $schema: z.literal(
    "https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json",
  ),
  name: z
    .string()
    .min(3)
    .max(200)
    .regex(/^[\w.-]+\/[\w.-]+$/),
  title: z.string().min(1).max(100),
  description: z.string().min(1).max(100),
  version: exactVersion,
  packages: z.array(localPackage).min(1),
  remotes: z.array(remote).min(1),
});

function isFilled(template = "", known: Readonly<Record<string, unknown>>): boolean {
  return [...template.matchAll(/\{([^}]*)\}/g)].every(([, name = ""]) => name in known);
}
