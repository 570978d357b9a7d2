import { z } from "zod";

import { diagnose, type DiagnoseOptions } from "../diagnose/diagnose.ts";
import type { GitHubError } from "../errors.ts";
import type { Headers } from "./retry-after.ts";

/** One entry of the `errors` of a GraphQL answer (GraphQL specification, section 7.1). */
export const graphqlError = z.looseObject({
  type: z.string().optional(),
  message: z.string().catch(""),
  path: z.array(z.union([z.string(), z.number()])).optional(),
  extensions: z.looseObject({}).optional(),
});

/** `repository.pullRequest.reviewThreads`: where that is missing, there is no rest. */
const shallow = 3;

export type GraphQLErrorEntry = z.infer<typeof graphqlError>;

/** What to know of a query to judge its errors. */
export interface GraphQLFailureOptions extends Pick<DiagnoseOptions, "host"> {
  /** As in `GraphQLDocument`. */
  readonly optional?: readonly (readonly string[])[] | undefined;
}

/**
 * The error that stands for a GraphQL answer with errors, or `undefined` when only fields deep inside
 * the answer are missing, so that the rest of it can be used. A limit is never one of those.
 */
export function graphqlFailure(
  errors: readonly GraphQLErrorEntry[],
  headers: Headers,
  now: number,
  { host, optional = [] }: GraphQLFailureOptions = {},
): GitHubError | undefined {
  const about = (some: typeof errors) => graphqlRefusal(some, headers, now, { host });
  if (errors.length === 0) return undefined;
  const any = about(errors);
  if (any.code === "github-rate-limited") return any;
  const fatal = errors.filter(
    ({ path = [] }) => path.length <= shallow && !optional.some((start) => isBelow(path, start)),
  );
  return fatal.length === 0 ? undefined : about(fatal);
}

/** What the errors of a GraphQL answer come down to, fatal or not. */
export function graphqlRefusal(
  errors: readonly GraphQLErrorEntry[],
  headers: Headers,
  now: number,
  { host }: Pick<DiagnoseOptions, "host">,
): GitHubError {
  return diagnose({ kind: "graphql", errors, headers }, { now, host });
}

function isBelow(path: readonly (string | number)[], start: readonly string[]): boolean {
  return start.every((name, depth) => path[depth] === name);
}
