import { adminOf, candidateOf, principalOf } from "@pr-review/auth/express";

import type { Handler } from "../pipeline/handler.ts";
import { factsOf } from "./request-facts.ts";

/** Notes the key of a request that `requireUser` let pass, so that a denied one is told by it too. */
export const noteKey: Handler = (_req, res, next) => {
  factsOf(res).key_id = candidateOf(res).keyId;
  next();
};

/** Notes whose request it is, once nothing is left to confirm. */
export const noteUser: Handler = (_req, res, next) => {
  factsOf(res).user = principalOf(res).userId;
  next();
};

/** Notes the admin of a request that `requireAdmin` let pass. */
export const noteAdmin: Handler = (_req, res, next) => {
  factsOf(res).admin = adminOf(res).name;
  next();
};
