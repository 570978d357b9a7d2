import { z } from "zod";

import { GitHubError } from "./errors.ts";
import { httpError, standardError } from "./http-failure.ts";

const octokitError = z.object({
  status: z.number(),
  response: z.object({ headers: z.record(z.string(), z.unknown()), data: z.unknown() }).optional(),
});
const plainHeaders = z.record(z.string(), z.union([z.string(), z.number()])).catch({});
const problem = z.object({ message: z.string() }).catch({ message: "" });

/** The error that a failed request of Octokit stands for: an answer with a status, or none at all. */
export function requestFailure(error: unknown): GitHubError {
  // Octokit wraps what our own fetch throws.
  if (error instanceof Error && error.cause instanceof GitHubError) return error.cause;
  const { response, status } = octokitError.safeParse(error).data ?? { status: 0 };
  if (response === undefined) return standardError("github-unavailable", { cause: error });
  const { message } = problem.parse(response.data);
  return httpError({ status, headers: plainHeaders.parse(response.headers), message }, Date.now());
}

/** The error of a request that ran out of its own time. */
export function timedOut(cause: unknown): GitHubError {
  return new GitHubError("github-timeout", "GitHub took too long to answer. Try again.", { cause });
}
