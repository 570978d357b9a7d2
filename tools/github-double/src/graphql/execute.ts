import {
  type DocumentNode,
  execute,
  type ExecutionResult,
  type GraphQLError,
  type GraphQLResolveInfo,
} from "graphql";

import { GitHubGraphQLError, NotModelledError } from "./errors.ts";
import type { Root } from "./root.ts";
import { githubSchema } from "./schema.ts";

/** One error of an answer, as GitHub writes it. */
export type WireError = Readonly<Record<string, unknown>> & { readonly message: string };

/** What executing gave: GitHub's answer, and what the double must own up to. */
export interface Execution {
  readonly body: { readonly data?: unknown; readonly errors?: readonly WireError[] };
  readonly problems: readonly string[];
}

/** Errors a careful client never causes, whatever the data. */
const CLIENT_FAULTS = new Set(["MISSING_PAGINATION_BOUNDARIES", "EXCESSIVE_PAGINATION"]);

/** Runs a checked document. The model has no asynchronous part, so neither has this. */
export function run(
  document: DocumentNode,
  root: Root,
  variables: Readonly<Record<string, unknown>>,
  operationName: string | undefined,
): Execution {
  const result = execute({
    schema: githubSchema(),
    document,
    rootValue: root,
    variableValues: variables,
    operationName: operationName ?? null,
    fieldResolver: resolveField,
  });
  if (result instanceof Promise) throw new NotModelledError("asynchronous fields");
  return describe(result);
}

/**
 * Reads a field from the model object of the same name. A field the object lacks is an error, also
 * where the schema would allow null: an invented null is how a stand-in lies.
 */
function resolveField(
  source: unknown,
  args: Readonly<Record<string, unknown>>,
  context: unknown,
  info: GraphQLResolveInfo,
): unknown {
  const value: unknown = isObject(source) ? Reflect.get(source, info.fieldName) : undefined;
  if (typeof value === "function") return Reflect.apply(value, source, [args, context, info]);
  if (value !== undefined) return value;
  throw new NotModelledError(`${info.parentType.name}.${info.fieldName}`);
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function describe(result: ExecutionResult): Execution {
  const { data, errors = [] } = result;
  const body = {
    ...(data === undefined ? {} : { data }),
    ...(errors.length === 0 ? {} : { errors: errors.map(toWire) }),
  };
  return { body, problems: errors.filter(isProblem).map(({ message }) => message) };
}

/** GitHub's order of members: type first, the message last. */
export function toWire(error: GraphQLError): WireError {
  const cause = error.originalError;
  const isGitHubs = cause instanceof GitHubGraphQLError;
  return {
    ...(isGitHubs ? { type: cause.type } : {}),
    ...(error.path === undefined ? {} : { path: error.path }),
    ...(isGitHubs ? cause.extra : {}),
    ...(error.locations === undefined ? {} : { locations: error.locations }),
    message: error.message,
  };
}

function isProblem({ originalError }: GraphQLError): boolean {
  if (!(originalError instanceof GitHubGraphQLError)) return true;
  return CLIENT_FAULTS.has(originalError.type);
}
