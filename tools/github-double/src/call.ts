import type { IncomingHttpHeaders } from "node:http";

import { readToken } from "./authenticate.ts";

/** One request, read and told apart, before it is judged. */
export interface Call {
  readonly method: string;
  /** Path and query as sent; an absolute-form target is reduced to them. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly token: string | undefined;
  /** What was asked of GraphQL; `undefined` for REST. */
  readonly graphql: GraphQLBody | undefined;
  /** Path below the REST base, without the query; `undefined` for GraphQL and for paths outside. */
  readonly restPath: string | undefined;
  readonly query: string;
}

/** A GraphQL request body. */
export interface GraphQLBody {
  /** `undefined` when the body is no JSON object with a text in `query`. */
  readonly text: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly operationName: string | undefined;
}

/** Where the double keeps its two APIs. */
export interface Paths {
  readonly rest: "" | "/api/v3";
  readonly graphql: string;
}

/** What a request line, its headers and its body mean. */
export function readCall(
  method: string,
  target: string,
  headers: IncomingHttpHeaders,
  body: string,
  paths: Paths,
): Call {
  const { pathname, search } = new URL(target, "http://double.invalid");
  const isGraphQL = pathname === paths.graphql;
  const isRest = !isGraphQL && pathname.startsWith(`${paths.rest}/`);
  return {
    method,
    path: pathname + search,
    headers,
    body,
    token: readToken(headers.authorization),
    graphql: isGraphQL ? readGraphQL(body) : undefined,
    restPath: isRest ? pathname.slice(paths.rest.length) : undefined,
    query: search.slice(1),
  };
}

function readGraphQL(body: string): GraphQLBody {
  const fields = parseObject(body);
  const text = fields["query"];
  const variables = fields["variables"];
  const name = fields["operationName"];
  return {
    text: typeof text === "string" ? text : undefined,
    variables: isRecord(variables) ? variables : {},
    operationName: typeof name === "string" ? name : nameIn(text),
  };
}

/** The name of the first operation, for the log: clients often send no `operationName`. */
function nameIn(text: unknown): string | undefined {
  if (typeof text !== "string") return undefined;
  return /^\s*(?:query|mutation)\s+(\w+)/m.exec(text)?.[1];
}

function parseObject(body: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(body);
    return isRecord(value) ? value : {};
  } catch {
    return {};
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
