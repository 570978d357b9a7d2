import { GitHubError, type Missing } from "@pr-review/github-comments";

/** What a tool can fail with: its arguments, the caller's rights, GitHub's own reasons, or us. */
export type ToolErrorCode =
  | GitHubError["code"]
  | "insufficient-scope"
  | "invalid-arguments"
  | "repository-required"
  | "repository-not-allowed"
  | "cancelled"
  | "deadline-exceeded"
  | "internal-error";

/** Details that go with a `ToolError`; its fields say what they mean. */
export type ToolErrorOptions = ErrorOptions &
  Partial<Pick<ToolError, "retryAfter" | "missing" | "scope">>;

/** A tool failed. The message is for the model and the person: what happened and what to do next. */
export class ToolError extends Error {
  override readonly name = "ToolError";
  readonly code: ToolErrorCode;
  /** Seconds until trying again makes sense. */
  readonly retryAfter: number | undefined;
  /** The one thing that GitHub wants and the caller lacks. */
  readonly missing: Missing | undefined;
  /** The scope that the caller's key lacks. */
  readonly scope: string | undefined;

  constructor(
    code: ToolErrorCode,
    message: string,
    { retryAfter, missing, scope, ...options }: ToolErrorOptions = {},
  ) {
    super(message, options);
    this.code = code;
    this.retryAfter = retryAfter;
    this.missing = missing;
    this.scope = scope;
  }
}

/** Any thrown value as a `ToolError`; what is unknown becomes `internal-error` and keeps its text to itself. */
export function toToolError(error: unknown): ToolError {
  if (error instanceof ToolError) return error;
  if (error instanceof GitHubError) {
    const { code, message, retryAfter, missing } = error;
    return new ToolError(code, message, { retryAfter, missing, cause: error });
  }
  if (error instanceof Error && error.name === "AbortError") {
    return new ToolError("cancelled", "The call was cancelled.", { cause: error });
  }
  if (error instanceof Error && error.name === "TimeoutError") {
    const message = "The call took too long. Ask for less, or try again.";
    return new ToolError("deadline-exceeded", message, { cause: error });
  }
  return new ToolError("internal-error", "The tool failed unexpectedly. Try again.", {
    cause: error,
  });
}
