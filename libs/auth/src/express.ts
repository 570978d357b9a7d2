import type { Request, RequestHandler, Response } from "express";

import type { AdminGate, AdminPrincipal } from "./admin-gate.ts";
import type { AdminScope } from "./admin-scope.ts";
import type { Authenticator, Candidate } from "./authenticator.ts";
import type { Principal } from "./principal.ts";

/** Where a request's address is found, if not in `req.ip`. */
export interface AddressOptions {
  readonly addressOf?: (req: Request) => string;
}

// Bound to the response they were made for, so that nobody can reach another request.
const candidates = new WeakMap<Response, Candidate>();
const principals = new WeakMap<Response, Principal>();
const admins = new WeakMap<Response, AdminPrincipal>();

/**
 * Lets requests with a valid key pass; passes `AuthError` on otherwise. An authenticator that remembers
 * keys needs `confirmUser` after it before `principalOf` tells anything.
 */
export function requireUser(
  authenticator: Authenticator,
  { addressOf = addressIn }: AddressOptions = {},
): RequestHandler {
  return async (req, res, next) => {
    const header = req.get("authorization");
    const candidate = await authenticator.identify(header, { address: addressOf(req) });
    candidates.set(res, candidate);
    if (!authenticator.isRemembering) {
      principals.set(res, await authenticator.confirm(candidate, undefined));
    }
    next();
  };
}

/**
 * Confirms what `requireUser` let pass, by the version its record has now: `null` when it is gone,
 * `undefined` when nobody could look. Passes `AuthError`, or the store's error, on otherwise.
 */
export function confirmUser(
  authenticator: Authenticator,
  versionOf: (res: Response) => string | null | undefined,
): RequestHandler {
  return async (_req, res, next) => {
    principals.set(res, await authenticator.confirm(entryOf(candidates, res), versionOf(res)));
    next();
  };
}

/** Lets requests with an admin token of that scope pass; passes `AuthError` on otherwise. */
export function requireAdmin(
  gate: AdminGate,
  scope: AdminScope,
  { addressOf = addressIn }: AddressOptions = {},
): RequestHandler {
  return (req, res, next) => {
    admins.set(res, gate(req.get("authorization"), { address: addressOf(req), scope }));
    next();
  };
}

/** What a rate limiter needs of a request that `requireUser` let pass; a plain `Error` for any other. */
export function candidateOf(res: Response): Pick<Candidate, "keyId" | "rateLimit"> {
  const { keyId, rateLimit } = entryOf(candidates, res);
  return { keyId, rateLimit };
}

/** The caller of a request that needs no further confirmation; throws a plain `Error` for any other. */
export function principalOf(res: Response): Principal {
  return entryOf(principals, res);
}

/** The admin of a request that `requireAdmin` let pass; throws a plain `Error` for any other. */
export function adminOf(res: Response): AdminPrincipal {
  return entryOf(admins, res);
}

/** A socket that is already gone has no address any more. */
function addressIn(req: Request): string {
  return req.ip ?? "";
}

function entryOf<T>(entries: WeakMap<Response, T>, res: Response): T {
  const entry = entries.get(res);
  if (entry === undefined) {
    throw new Error(
      "Nobody is known here yet: put requireUser, confirmUser or requireAdmin before.",
    );
  }
  return entry;
}
