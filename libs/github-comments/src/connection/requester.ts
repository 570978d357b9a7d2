import { setImmediate as nextTurn } from "node:timers/promises";

import { Octokit } from "@octokit/rest";
import { Response } from "undici";
import { z } from "zod";

import { standardError } from "../diagnose/standard-error.ts";
import { type Fetch, guardOrigin } from "./fetch.ts";
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

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const tooLarge = z.object({
  cause: z.object({ code: z.literal("UND_ERR_RES_EXCEEDED_MAX_SIZE") }),
});

/** Makes a requester whose token goes to that server's API origins and nowhere else. */
export function createRequester(options: RequesterOptions): Requester {
  const { server, token, userAgent, timeoutMs } = options;
  const fetch = guardOrigin(server, options.fetch);
  const { restUrl: baseUrl } = server;
  // Most connections are answered from memory and never send anything.
  let made: Octokit | undefined;
  const octokit = () => (made ??= new Octokit({ auth: token, baseUrl, userAgent, log: silent }));

  return async (request, signal) => {
    const timeout = AbortSignal.timeout(timeoutMs);
    const either = signal === undefined ? timeout : AbortSignal.any([signal, timeout]);
    const body = new BodyTap(fetch);
    const parameters = { ...request, request: { signal: either, fetch: body.fetch } };
    const { status, headers } = await octokit()
      .request(parameters)
      .catch((error: unknown) => {
        signal?.throwIfAborted();
        throw timeout.aborted ? timedOut(error) : requestFailure(error, { host: server.host });
      });
    if (status !== 200) throw standardError("bad-github-response");
    const data = body.parse(headers);
    // A page takes milliseconds to parse; whoever waits goes before the next step.
    await nextTurn();
    return { headers, data };
  };
}

/**
 * Takes the body of a success past Octokit, whose parser keeps big integers at many times the cost
 * and takes a body that breaks off for an empty one. Our queries ask for big integers as text.
 */
class BodyTap {
  readonly fetch: Fetch;
  #text = "";

  constructor(fetch: Fetch) {
    this.fetch = async (input, init) => {
      const response = await fetch(input, init);
      const { status, headers } = response;
      this.#text = await response.text().catch((error: unknown) => {
        throw tooLarge.safeParse(error).success ? standardError("bad-github-response") : error;
      });
      return new Response(status === 200 || withoutBody.has(status) ? null : this.#text, {
        status,
        headers,
      });
    };
  }

  /** The JSON of the answer; throws `bad-github-response` for anything else. */
  parse(headers: Headers): unknown {
    const isJson = String(headers["content-type"] ?? "").startsWith("application/json");
    if (!isJson) throw standardError("bad-github-response");
    try {
      return JSON.parse(this.#text);
    } catch (cause) {
      throw standardError("bad-github-response", { cause });
    }
  }
}

const withoutBody = new Set([204, 205, 304]);
