import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";

import { type Answer, withHeaders } from "./answer.ts";
import { type Call, type Paths, readCall } from "./call.ts";
import { deliver } from "./deliver.ts";
import type { Fault, FaultQueue, FaultTarget } from "./faults.ts";
import { answerCall, blankAnswer, type GitHubState } from "./github.ts";
import type { OpenEntry, RequestLog } from "./request-log.ts";
import { operationOf } from "./rest.ts";
import { strike } from "./strike.ts";

/** What one exchange needs of the double. */
export interface Backstage {
  readonly state: GitHubState;
  readonly paths: Paths;
  readonly log: RequestLog;
  readonly faults: FaultQueue;
  /** Milliseconds from a request to its answer, the work for the answer included. */
  readonly latency: () => number;
  readonly nextRequestId: () => string;
}

/** Carries one HTTP exchange from the request to its end: reads, logs, answers, and fails on demand. */
export async function exchange(
  backstage: Backstage,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { log, state, paths, faults } = backstage;
  const startedAt = state.now();
  const body = await bodyOf(request);
  const call = readCall(request.method ?? "GET", request.url ?? "/", request.headers, body, paths);
  const target = targetOf(state, call);
  const entry = openEntry(call, target, startedAt);
  log.entries.push(entry);
  track(backstage, response, call, entry);

  const fault = faults.take(target);
  if (fault?.kind === "latency") await wait(fault.ms);
  if (response.destroyed) return;
  const due = performance.now() + backstage.latency();
  const answer = answerOf(backstage, call, fault);
  const early = due - performance.now();
  if (early > 0) await wait(early);
  // An unanswered request has no status, whatever it would have been.
  entry.status = fault?.kind === "hang" || fault?.kind === "reset" ? 0 : answer.status;
  if (fault !== undefined && BREAKS.has(fault.kind))
    response.on("close", () => (entry.aborted = false));
  deliver(response, answer, fault?.kind);
}

const BREAKS = new Set(["reset", "truncate"]);

function answerOf(backstage: Backstage, call: Call, fault: Fault | undefined): Answer {
  const { state } = backstage;
  const genuine = (): Answer => answerCall(state, call);
  const blank = (): Answer => blankAnswer(state, call);
  const answer = fault === undefined ? genuine() : strike(fault, { genuine, blank });
  return withHeaders(answer, { "x-github-request-id": backstage.nextRequestId() });
}

function targetOf(state: GitHubState, call: Call): FaultTarget {
  const operation = call.graphql?.operationName ?? operationOf(state, call);
  return {
    method: call.method,
    path: call.path,
    ...(operation === undefined ? {} : { operation }),
    ...(call.graphql === undefined ? {} : { variables: call.graphql.variables }),
    ...(call.token === undefined ? {} : { token: call.token }),
  };
}

function openEntry(call: Call, target: FaultTarget, startedAt: number): OpenEntry {
  return {
    method: call.method,
    path: call.path,
    headers: call.headers,
    authorization: call.headers.authorization,
    operation: target.operation,
    variables: target.variables,
    status: 0,
    startedAt,
    endedAt: undefined,
    aborted: false,
  };
}

/** Keeps the log's entry and the token's count of open requests until the exchange is over. */
function track(
  { log, state }: Backstage,
  response: ServerResponse,
  call: Call,
  entry: OpenEntry,
): void {
  const token = call.token ?? "anonymous";
  log.enter(token);
  response.once("close", () => {
    log.leave(token);
    entry.endedAt = state.now();
    entry.aborted = !response.writableFinished;
  });
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    if (Buffer.isBuffer(chunk)) chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
