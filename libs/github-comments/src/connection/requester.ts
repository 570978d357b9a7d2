import { setImmediate as nextTurn } from "node:timers/promises";

import { Octokit } from "@octokit/rest";

import { standardError } from "../diagnose/standard-error.ts";
import { type Fetch, guardOrigin, readWholeBody } from "./fetch.ts";
import type { GitHubHost } from "./hosts.ts";
import { requestFailure, timedOut } from "./request-failure.ts";
import type { Headers } from "./retry-after.ts";

/** A successful answer of GitHub: JSON, read to its end. */
export interface Sent {
  readonly headers: Headers;
  readonly data: unknown;
}

/** What is sent to where. */
export interface Outgoing {
  readonly method: "GET" | "POST";
  readonly url: string;
  readonly query?: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

/** Sends one request, once; throws `GitHubError`, or the signal's reason when the caller gave up. */
export type Requester = (request: Outgoing, signal: AbortSignal | undefined) => Promise<Sent>;

/** What a requester is made of. */
export interface RequesterOptions {
  readonly server: GitHubHost;
  readonly token: string;
  readonly fetch: Fetch;
  readonly userAgent: string;
  /** Milliseconds for one answer. */
  readonly timeoutMs: number;
}

const maxBytes = 16 * 1024 * 1024;
const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** Makes a requester whose token goes to that server's API origins and nowhere else. */
export function createRequester(options: RequesterOptions): Requester {
  const { server, token, userAgent, timeoutMs } = options;
  const fetch = guardOrigin(server, readWholeBody(options.fetch, maxBytes));
  const octokit = new Octokit({
    auth: token,
    baseUrl: server.restUrl,
    userAgent,
    log: silent,
    // Octokit's parser keeps big integers at many times the cost; our queries ask for them as text.
    request: { fetch, parseSuccessResponseBody: false },
  });

  return async (request, signal) => {
    const timeout = AbortSignal.timeout(timeoutMs);
    const either = signal === undefined ? timeout : AbortSignal.any([signal, timeout]);
    const parameters = { ...request, request: { signal: either } };
    const response = await octokit.request(parameters).catch((error: unknown) => {
      signal?.throwIfAborted();
      throw timeout.aborted ? timedOut(error) : requestFailure(error, { host: server.host });
    });
    if (response.status !== 200) throw standardError("bad-github-response");
    const { headers } = response;
    return { headers, data: await readJson(response.data, headers) };
  };
}

async function readJson(body: unknown, headers: Headers): Promise<unknown> {
  const isJson = String(headers["content-type"] ?? "").startsWith("application/json");
  if (!isJson || !(body instanceof ReadableStream)) throw standardError("bad-github-response");
  try {
    const data: unknown = await new Response(body).json();
    // A page takes milliseconds to parse; whoever waits goes before the next step.
    await nextTurn();
    return data;
  } catch (cause) {
    throw standardError("bad-github-response", { cause });
  }
}
