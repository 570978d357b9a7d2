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

/** Who a request is from, as far as that is known. */
interface Known {
  candidate?: Candidate;
  principal?: Principal;
  admin?: AdminPrincipal;
}

// Bound to the response they were made for, so that nobody can reach another request.
const callers = new WeakMap<ServerResponse, Known>();

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
    const caller: Known = { candidate };
    callers.set(res, caller);
    if (!authenticator.isRemembering) {
      caller.principal = await authenticator.confirm(candidate, undefined);
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
    const caller = callerOf(res);
    caller.principal = await authenticator.confirm(known(caller.candidate), versionOf(res));
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
    const admin = gate(req.headers.authorization, { address: addressOf(req), scope });
    callers.set(res, { ...callers.get(res), admin });
    next();
  };
}

/** What a rate limiter needs of a request that `requireUser` let pass; a plain `Error` for any other. */
export function candidateOf(res: ServerResponse): Pick<Candidate, "keyId" | "rateLimit"> {
  const { keyId, rateLimit } = known(callerOf(res).candidate);
  return { keyId, rateLimit };
}

/** The caller of a request that needs no further confirmation; throws a plain `Error` for any other. */
export function principalOf(res: ServerResponse): Principal {
  return known(callerOf(res).principal);
}

/** The admin of a request that `requireAdmin` let pass; throws a plain `Error` for any other. */
export function adminOf(res: ServerResponse): AdminPrincipal {
  return known(callerOf(res).admin);
}

/** A socket that is already gone has no address any more. */
function addressIn(req: IncomingMessage): string {
  if ("ip" in req) return typeof req.ip === "string" ? req.ip : "";
  return req.socket.remoteAddress ?? "";
}

function callerOf(res: ServerResponse): Known {
  return known(callers.get(res));
}

function known<T>(entry: T | undefined): T {
  if (entry !== undefined) return entry;
  throw new Error("Nobody is known here yet: put requireUser, confirmUser or requireAdmin before.");
}
