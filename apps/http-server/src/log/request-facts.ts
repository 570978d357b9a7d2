import type { ServerResponse } from "node:http";

/** What becomes known of a request on its way; the names are those in the log. */
export interface RequestFacts {
  /** The public id of the key it came with. */
  key_id: string | undefined;
  /** Whom that key was issued for. */
  user: string | undefined;
  /** The name of the admin. */
  admin: string | undefined;
  /** The tool that was called, and how that ended. */
  tool: string | undefined;
  outcome: string | undefined;
}

// Bound to the response they were made for, so that nobody can reach another request.
const known = new WeakMap<ServerResponse, RequestFacts>();

/** What the log will say of a request; whoever learns more of it writes it here. */
export function factsOf(res: ServerResponse): RequestFacts {
  return known.get(res) ?? begin(res);
}

function begin(res: ServerResponse): RequestFacts {
  const facts = {
    key_id: undefined,
    user: undefined,
    admin: undefined,
    tool: undefined,
    outcome: undefined,
  };
  known.set(res, facts);
  return facts;
}
