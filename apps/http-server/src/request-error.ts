import { z } from "zod";

/** What can be wrong with a request before it reaches any tool. */
export type RequestErrorCode =
  | "no-such-route"
  | "no-such-key"
  | "no-sign-in"
  | "invalid-json"
  | "invalid-request"
  | "unsupported-media-type"
  | "too-large";

/** One field at fault, and why; never its value. */
export interface FieldProblem {
  readonly field: string;
  readonly message: string;
}

const bodyParserError = z.object({ type: z.string(), status: z.number() });

/** A request that cannot be served as it is. */
export class RequestError extends Error {
  override readonly name = "RequestError";
  readonly code: RequestErrorCode;
  readonly fields: readonly FieldProblem[];

  constructor(code: RequestErrorCode, message: string, fields: readonly FieldProblem[] = []) {
    super(message);
    this.code = code;
    this.fields = fields;
  }

  /** The error that a refusal of Express' own body parser stands for, if it is one. */
  static fromBodyParser(error: unknown): RequestError | undefined {
    const { type, status } = bodyParserError.safeParse(error).data ?? {};
    if (type === "entity.too.large") {
      return new RequestError("too-large", "The body is too large. The limit is 1 MiB.");
    }
    if (type === undefined || status === undefined || status >= 500) return undefined;
    return new RequestError("invalid-json", "The body is not valid JSON.");
  }

  /** Names every field that zod refused. */
  static fromFields({ issues }: z.ZodError): RequestError {
    const fields = issues.flatMap((issue) =>
      issue.code === "unrecognized_keys"
        ? issue.keys.map((key) => ({ field: nameOf(key), message: "is not a known field" }))
        : [{ field: issue.path.join("."), message: issue.message }],
    );
    const named = fields.map(({ field, message }) => `${field} ${message}`).join("; ");
    return new RequestError("invalid-request", `Invalid request: ${named}.`, fields);
  }
}

/** A name of letters is told as it was sent; anything else may be a credential in the wrong place. */
function nameOf(key: string): string {
  return /^[A-Za-z_]{1,32}$/.test(key) ? key : "(unnamed)";
}
