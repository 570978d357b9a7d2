import type { TokenStore } from "@pr-review/token-store";
import type { RequestHandler, Response } from "express";

import type { AdminGate } from "./admin.ts";
import { authenticate } from "./authenticate.ts";
import type { Principal } from "./principal.ts";

/** Bound to the response it was made for, so a principal cannot reach another request. */
const principals = new WeakMap<Response, Principal>();

/** Lets requests with a valid key pass and remembers whose they are; passes `AuthError` on otherwise. */
export function requireUser(tokens: Pick<TokenStore, "find">): RequestHandler {
  return async (req, res, next) => {
    principals.set(res, await authenticate(req.get("authorization"), tokens));
    next();
  };
}

/** The caller of a request that `requireUser` let pass; throws a plain `Error` on any other. */
export function principalOf(res: Response): Principal {
  const principal = principals.get(res);
  if (principal === undefined) throw new Error("principalOf() needs requireUser() before it");
  return principal;
}

/** Lets requests with the admin token pass; passes `AuthError` on otherwise. */
export function requireAdmin(gate: AdminGate): RequestHandler {
  return (req, _res, next) => {
    gate(req.get("authorization"));
    next();
  };
}
