import { keyId } from "@pr-review/token-store";
import type { Request } from "express";

import { RequestError } from "../request-error.ts";

/** A public id. Whatever else stands in its place may be a secret, which the store need not see. */
const idShape = /^[0-9A-Za-z]{10}$/;

/** The id of the key that a path names, by its id or by the whole of it; throws `no-such-key`. */
export function keyInPath(req: Request): string {
  const text = String(req.params["key"]);
  const id = keyId(text) ?? text;
  if (!idShape.test(id)) throw noSuchKey();
  return id;
}

/** What is there, or the error that says there is none. */
export function known<T>(found: T | undefined): T {
  if (found === undefined) throw noSuchKey();
  return found;
}

/** The error for a key that is not there. */
export function noSuchKey(): RequestError {
  return new RequestError("no-such-key", "There is no such API key. GET /admin/tokens lists them.");
}
