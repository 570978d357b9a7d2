import type { IncomingMessage } from "node:http";

import type { Handler } from "./pipeline/handler.ts";
import { BodyError, type BodyErrorCode, readJson } from "./read-json.ts";
import { RequestError } from "./request-error.ts";

/** How the REST API tells of a body that cannot be used. */
const refusals = {
  "unsupported-media-type": [
    "unsupported-media-type",
    "Send an uncompressed JSON body with Content-Type: application/json.",
  ],
  "too-large": ["too-large", "The body is too large. The limit is 1 MiB."],
  "incomplete-body": ["invalid-json", "The body ended too early."],
  "invalid-json": ["invalid-json", "The body is not valid JSON."],
} as const satisfies Record<BodyErrorCode, readonly [string, string]>;

/** Reads a JSON body of up to 1 MiB, for `bodyOf`, unless one was read before; throws `RequestError` for any other. */
export const jsonBody: Handler = async (req, _res, next) => {
  if (bodyOf(req) === undefined) Object.assign(req, { body: await readJson(req).catch(refuse) });
  next();
};

/** What was read of the body. */
export function bodyOf(req: IncomingMessage): unknown {
  return "body" in req ? req.body : undefined;
}

function refuse(error: unknown): never {
  if (!(error instanceof BodyError)) throw error;
  const [code, message] = refusals[error.code];
  throw new RequestError(code, message);
}
