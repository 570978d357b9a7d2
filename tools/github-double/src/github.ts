import { type Answer, json, refusal, withHeaders } from "./answer.ts";
import { ANONYMOUS, authenticate } from "./authenticate.ts";
import type { Call } from "./call.ts";
import { answerGraphQL } from "./graphql.ts";
import { View } from "./model/view.ts";
import { kindOf, type Viewer } from "./model/viewer.ts";
import type { Bucket, Quotas } from "./quotas.ts";
import { answerRest } from "./rest.ts";
import type { Contract } from "./rest/contract.ts";
import type { Seed } from "./seed.ts";

/** What answering needs, shared by both APIs. */
export interface GitHubState {
  readonly seed: Seed;
  readonly quotas: Quotas;
  readonly contract: Contract;
  readonly restUrl: string;
  readonly webUrl: string;
  readonly validateResponses: boolean;
  readonly now: () => number;
  /** Records a breach of the contract, by the client or by the double itself. */
  readonly report: (problem: string) => void;
}

/** One authenticated request on its way through an API. */
export interface Visit {
  readonly state: GitHubState;
  readonly call: Call;
  readonly view: View;
  readonly bucket: Bucket;
  /** Points per hour. */
  readonly limit: number;
}

const UNAUTHENTICATED_LIMIT = 60;
const DEFAULT_LIMIT = 5_000;

/** GitHub without the network: a request in, the answer GitHub would give out. */
export function answerCall(state: GitHubState, call: Call): Answer {
  if (call.headers["user-agent"] === undefined) {
    state.report(`${call.method} ${call.path}: no User-Agent header`);
    return refusal(403, "Request forbidden by administrative rules. Add a User-Agent header.");
  }
  const viewer = authenticate(state.seed, call.headers.authorization, state.now());
  const visit = visitOf(state, call, viewer ?? ANONYMOUS);
  const answer = viewer === undefined ? refusal(401, "Bad credentials") : answerVisit(visit);
  return withHeaders(answer, { ...headersOf(visit), ...answer.headers });
}

/** What GitHub sends around every answer to this viewer, with nothing in it and at no cost. */
export function blankAnswer(state: GitHubState, call: Call): Answer {
  const viewer = authenticate(state.seed, call.headers.authorization, state.now());
  const visit = visitOf(state, call, viewer ?? ANONYMOUS);
  return withHeaders(json(200, null), headersOf(visit));
}

function visitOf(state: GitHubState, call: Call, viewer: Viewer): Visit {
  const limit = viewer.token === undefined ? UNAUTHENTICATED_LIMIT : viewer.token.limit;
  return {
    state,
    call,
    view: new View(state.seed, viewer, state.webUrl, state.now),
    bucket: call.graphql === undefined ? "core" : "graphql",
    limit: limit ?? DEFAULT_LIMIT,
  };
}

function answerVisit(visit: Visit): Answer {
  const { call, state } = visit;
  try {
    return call.graphql === undefined ? answerRest(visit) : answerGraphQL(visit, call.graphql);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    state.report(`${call.method} ${call.path}: ${reason}`);
    return refusal(500, `The double failed: ${reason}`);
  }
}

function headersOf({ state, view, bucket, limit }: Visit): Record<string, string> {
  const { viewer } = view;
  const quota = state.quotas.state(viewer.key, bucket, limit);
  const headers: Record<string, string> = {
    "x-github-media-type": "github.v3; format=json",
    "x-ratelimit-limit": String(quota.limit),
    "x-ratelimit-remaining": String(quota.remaining),
    "x-ratelimit-used": String(quota.used),
    "x-ratelimit-reset": String(quota.reset),
    "x-ratelimit-resource": bucket,
  };
  const { token } = viewer;
  if (token === undefined) return headers;
  if (kindOf(viewer) === "classic")
    headers["x-oauth-scopes"] = (token.scopes ?? ["repo"]).join(", ");
  if (token.expiresAt === undefined) return headers;
  const expiry = token.expiresAt.replace("T", " ").replace(/(\.\d+)?Z$/, " UTC");
  headers["github-authentication-token-expiration"] = expiry;
  return headers;
}
