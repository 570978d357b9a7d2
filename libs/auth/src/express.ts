import type { IncomingMessage, ServerResponse } from "node:http";

import type { AdminGate, AdminPrincipal } from "./admin-gate.ts";
import type { AdminScope } from "./admin-scope.ts";
import type { Authenticator, Candidate } from "./authenticator.ts";
import type { Principal } from "./principal.ts";

/** One step of a request's way, on Node's own request and response: Express takes it, and so do others. */
export type Handler<Req = IncomingMessage, Res = ServerResponse> = (
  req: Req,
  res: Res,
  next: (error?: unknown) => void,
) => void | Promise<void>;

/** Where a request's address is found, if not in Express' `req.ip`, or else at its socket. */
export interface AddressOptions<Req = IncomingMessage> {
  readonly addressOf?: (req: Req) => string;
}

// Bound to the response they were made for, so that nobody can reach another request.
const candidates = new WeakMap<ServerResponse, Candidate>();
const principals = new WeakMap<ServerResponse, Principal>();
const admins = new WeakMap<ServerResponse, AdminPrincipal>();

/**
 * Lets requests with a valid key pass; passes `AuthError` on otherwise. An authenticator that remembers
 * keys needs `confirmUser` after it before `principalOf` tells anything.
 */
export function requireUser<Req extends IncomingMessage = IncomingMessage>(
  authenticator: Authenticator,
  { addressOf = addressIn }: AddressOptions<Req> = {},
): Handler<Req> {
  return async (req, res, next) => {
    const { authorization } = req.headers;
    const candidate = await authenticator.identify(authorization, { address: addressOf(req) });
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
export function confirmUser<Res extends ServerResponse = ServerResponse>(
  authenticator: Authenticator,
  versionOf: (res: Res) => string | null | undefined,
): Handler<IncomingMessage, Res> {
  return async (_req, res, next) => {
    principals.set(res, await authenticator.confirm(entryOf(candidates, res), versionOf(res)));
    next();
  };
}

/** Lets requests with an admin token of that scope pass; passes `AuthError` on otherwise. */
export function requireAdmin<Req extends IncomingMessage = IncomingMessage>(
  gate: AdminGate,
  scope: AdminScope,
  { addressOf = addressIn }: AddressOptions<Req> = {},
): Handler<Req> {
  return (req, res, next) => {
    admins.set(res, gate(req.headers.authorization, { address: addressOf(req), scope }));
    next();
  };
}

/** What a rate limiter needs of a request that `requireUser` let pass; a plain `Error` for any other. */
export function candidateOf(res: ServerResponse): Pick<Candidate, "keyId" | "rateLimit"> {
  const { keyId, rateLimit } = entryOf(candidates, res);
  return { keyId, rateLimit };
}

/** The caller of a request that needs no further confirmation; throws a plain `Error` for any other. */
export function principalOf(res: ServerResponse): Principal {
  return entryOf(principals, res);
}

/** The admin of a request that `requireAdmin` let pass; throws a plain `Error` for any other. */
export function adminOf(res: ServerResponse): AdminPrincipal {
  return entryOf(admins, res);
}

/** A socket that is already gone has no address any more. */
function addressIn(req: IncomingMessage): string {
  if ("ip" in req) return typeof req.ip === "string" ? req.ip : "";
  return req.socket.remoteAddress ?? "";
}

function entryOf<T>(entries: WeakMap<ServerResponse, T>, res: ServerResponse): T {
  const entry = entries.get(res);
  if (entry === undefined) {
    throw new Error(
      "Nobody is known here yet: put requireUser, confirmUser or requireAdmin before.",
    );
  }
  return entry;
}
