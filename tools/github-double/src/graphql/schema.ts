import { readFileSync } from "node:fs";

import { buildSchema, type GraphQLSchema } from "graphql";

let schema: GraphQLSchema | undefined;

/**
 * GitHub's published GraphQL schema, built once per process (about 0.3 s). It is trusted as it is:
 * checking GitHub's own SDL again would double the time.
 */
export function githubSchema(): GraphQLSchema {
  schema ??= buildSchema(readSdl(), {
    assumeValid: true,
    assumeValidSDL: true,
    noLocation: true,
  });
  return schema;
}

function readSdl(): string {
  const schemaPackage = import.meta.resolve("@octokit/graphql-schema");
  return readFileSync(new URL("./schema.graphql", schemaPackage), "utf8");
}
