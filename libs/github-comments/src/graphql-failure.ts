import { z } from "zod";

import { type Headers, retryAfterSeconds } from "./connection/retry-after.ts";
import type { GitHubError } from "./errors.ts";
import { rateLimited, standardError } from "./http-failure.ts";

/** One entry of the `errors` of a GraphQL answer (GraphQL specification, section 7.1). */
export const graphqlError = z.looseObject({
  type: z.string().optional(),
  message: z.string().catch(""),
  path: z.array(z.union([z.string(), z.number()])).optional(),
  extensions: z.looseObject({}).optional(),
});

export type GraphQLErrorEntry = z.infer<typeof graphqlError>;

/** GitHub names the same thing in two ways, depending on the limit that was hit. */
const limitTypes = new Set(["RATE_LIMITED", "RATE_LIMIT"]);
const forbiddenTypes = new Set(["FORBIDDEN", "INSUFFICIENT_SCOPES"]);

/**
 * The error that stands for a GraphQL answer with errors, or `undefined` when only fields deep inside
 * the answer are missing, so that the rest of it can be used.
 */
export function graphqlFailure(
  errors: readonly GraphQLErrorEntry[],
  headers: Headers,
  now: number,
): GitHubError | undefined {
  const requestId = String(headers["x-github-request-id"] ?? "") || undefined;
  if (errors.some(isLimit)) return rateLimited(retryAfterSeconds(headers, now), requestId);

  const fatal = errors.find(({ path = [] }) => path.length <= 2);
  if (fatal === undefined) return undefined;
  if (fatal.type === "NOT_FOUND") return standardError("not-found", { requestId });
  if (isForbidden(fatal)) return standardError("github-forbidden", { requestId });
  if (fatal.type === undefined) return standardError("github-unavailable", { requestId });
  return standardError("bad-github-response", { requestId });
}

function isLimit({ type = "", message }: GraphQLErrorEntry): boolean {
  return limitTypes.has(type) || /rate limit/i.test(message);
}

function isForbidden({ type = "", extensions }: GraphQLErrorEntry): boolean {
  return forbiddenTypes.has(type) || extensions?.["saml_failure"] === true;
}
