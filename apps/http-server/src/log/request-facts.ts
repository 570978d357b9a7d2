import type { ServerResponse } from "node:http";

/** What becomes known of a request on its way; the names are those in the log. */
export interface RequestFacts {
  /** The public id of the key it came with. */
  readonly key_id?: string;
  /** Whom that key was issued for. */
  readonly user?: string | undefined;
  /** The name of the admin. */
  readonly admin?: string;
  /** The tool that was called, and how that ended. */
  readonly tool?: string;
  readonly outcome?: string;
}

// Bound to the response they were made for, so that nobody can reach another request.
const facts = new WeakMap<ServerResponse, RequestFacts>();

/** Adds to what the log will say of a request. */
export function noteFacts(res: ServerResponse, more: RequestFacts): void {
  const known = facts.get(res);
  if (known === undefined) facts.set(res, { ...more });
  else Object.assign(known, more);
}

/** What was noted of a request so far. */
export function factsOf(res: ServerResponse): RequestFacts {
  return facts.get(res) ?? {};
}
