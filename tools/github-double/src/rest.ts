import type { Operation } from "openapi-backend";

import { type Answer, json, refusal, withHeaders } from "./answer.ts";
import type { Call } from "./call.ts";
import { etagOf, matchesEtag } from "./etag.ts";
import type { GitHubState, Visit } from "./github.ts";
import { GitHubGraphQLError } from "./graphql/errors.ts";
import { smallIdOf } from "./model/identity.ts";
import type { RestRequest } from "./rest/contract.ts";
import { handlers } from "./rest/handlers.ts";
import { RestError, type RestReply } from "./rest/reply.ts";
import { canonicalPath } from "./rest/repository-path.ts";
import { signOnHeader } from "./sign-on.ts";

const FREE = new Set(["rate-limit/get"]);

/**
 * Answers a REST request, judged against GitHub's OpenAPI description before and after. A 304 costs
 * no point, as on GitHub when the request is authenticated.
 */
export function answerRest(visit: Visit): Answer {
  const { call, state, view, limit } = visit;
  const request = restRequest(state, call);
  const operation = request && state.contract.find(request);
  if (request === undefined || operation === undefined) {
    state.report(`${call.method} ${call.path}: no such operation in the contract`);
    return refusal(404, "Not Found");
  }
  const quota = state.quotas.state(view.viewer.key, "core", limit);
  if (quota.remaining === 0 && !FREE.has(nameOf(operation))) return overLimit(visit);
  const answer = perform(visit, request, operation);
  const isFree = FREE.has(nameOf(operation)) || (answer.status === 304 && view.viewer.token);
  if (!isFree) state.quotas.spend(view.viewer.key, "core", limit, 1);
  return answer;
}

/** The operation id of a REST call, for the log and for faults. */
export function operationOf(state: GitHubState, call: Call): string | undefined {
  const request = restRequest(state, call);
  return request && state.contract.find(request)?.operationId;
}

function restRequest(state: GitHubState, call: Call): RestRequest | undefined {
  if (call.restPath === undefined) return undefined;
  const headers = Object.entries(call.headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  return {
    method: call.method,
    path: canonicalPath(state.seed, call.restPath),
    query: call.query,
    headers: Object.fromEntries(headers),
    ...(call.body === "" ? {} : { body: call.body }),
  };
}

function perform(visit: Visit, request: RestRequest, operation: Operation): Answer {
  const { call, state, view } = visit;
  const where = `${call.method} ${call.path}`;
  const wrong = state.contract.checkRequest(request, operation);
  if (wrong.length > 0) {
    state.report(`${where}: the request breaks the contract: ${wrong.join("; ")}`);
    return refusal(422, "Validation Failed");
  }
  const handle = handlers[nameOf(operation)];
  if (handle === undefined) {
    state.report(`${where}: the double does not model ${nameOf(operation)}`);
    return refusal(501, `The double does not model ${nameOf(operation)}`);
  }
  const params = state.contract.paramsOf(request, operation);
  const reply = replyOf(visit, () =>
    handle({ view, params, query: new URLSearchParams(call.query), visit }),
  );
  const broken = state.validateResponses
    ? state.contract.checkResponse(operation, reply.status, reply.body)
    : [];
  if (broken.length === 0) return conditional(visit, reply);
  state.report(`${where}: the double's answer breaks the contract: ${broken.join("; ")}`);
  return refusal(500, "The double's answer breaks GitHub's contract");
}

/** What the viewer may not have is an answer too; anything else thrown is a failure of the double. */
function replyOf({ view }: Visit, handle: () => RestReply): RestReply {
  try {
    return handle();
  } catch (error) {
    if (error instanceof RestError) return error.reply;
    if (!(error instanceof GitHubGraphQLError)) throw error;
    return { ...new RestError(403, error.message).reply, headers: signOnHeader(view.viewer) };
  }
}

function conditional({ call, view }: Visit, { status, body, headers = {} }: RestReply): Answer {
  const answer = json(status, body, headers);
  if (status !== 200 || call.method !== "GET") return answer;
  const etag = etagOf(view.viewer.key, answer.body);
  const tagged = withHeaders(answer, { etag, "cache-control": "private, max-age=60, s-maxage=60" });
  if (!matchesEtag(call.headers["if-none-match"], etag)) return tagged;
  const { "content-type": _type, ...rest } = tagged.headers;
  return { status: 304, headers: rest, body: "" };
}

function overLimit({ view }: Visit): Answer {
  const { token } = view.viewer;
  const whom = token === undefined ? "127.0.0.1" : `user ID ${smallIdOf(token.login)}`;
  return refusal(403, `API rate limit exceeded for ${whom}.`);
}

function nameOf(operation: Operation): string {
  return operation.operationId ?? `${operation.method} ${operation.path}`;
}
