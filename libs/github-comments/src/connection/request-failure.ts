import { z } from "zod";

import { diagnose, type DiagnoseOptions } from "../diagnose/diagnose.ts";
import { standardError } from "../diagnose/standard-error.ts";
import { GitHubError } from "../errors.ts";

const octokitError = z.object({
  status: z.number(),
  response: z.object({ headers: z.record(z.string(), z.unknown()), data: z.unknown() }).optional(),
});
const plainHeader = z.union([z.string(), z.number()]).optional().catch(undefined);
const plainHeaders = z.record(z.string(), plainHeader).catch({});
const problem = z.object({ message: z.string() }).catch({ message: "" });

/** The error that a failed request of Octokit stands for: an answer with a status, or none at all. */
export function requestFailure(error: unknown, options: DiagnoseOptions = {}): GitHubError {
  // Octokit wraps what our own fetch throws.
  if (error instanceof Error && error.cause instanceof GitHubError) return error.cause;
  const { response, status } = octokitError.safeParse(error).data ?? { status: 0 };
  if (response === undefined) return standardError("github-unavailable", { cause: error });
  const { message } = problem.parse(response.data);
  const headers = plainHeaders.parse(response.headers);
  return diagnose({ kind: "http", status, headers, message }, options);
}

/** The error of a request that ran out of its own time. */
export function timedOut(cause: unknown): GitHubError {
  return new GitHubError("github-timeout", "GitHub took too long to answer. Try again.", { cause });
}
