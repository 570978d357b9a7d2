import { Octokit } from "@octokit/rest";
import { z } from "zod";

import { graphqlError, graphqlFailure } from "../graphql-failure.ts";
import { standardError } from "../http-failure.ts";
import type { GraphQLDocument } from "../queries/document.ts";
import { requestFailure, timedOut } from "../request-failure.ts";
import type { CredentialGate } from "./credential-gate.ts";
import { type Fetch, guardOrigin, readWholeBody } from "./fetch.ts";
import type { GitHubHost } from "./hosts.ts";
import type { Headers } from "./retry-after.ts";
import { withRetries } from "./retry.ts";
import { type TokenKind, tokenKind } from "./token-kind.ts";

/** The data of an answer; `partial` when GitHub left out fields deep inside it. */
export interface GitHubAnswer<T> {
  readonly data: T;
  readonly partial: boolean;
  readonly headers: Headers;
}

/** Options of one request. */
export interface RequestOptions {
  readonly signal?: AbortSignal | undefined;
}

/** A connection to one GitHub server as one caller. */
export interface GitHub {
  readonly server: GitHubHost;
  readonly tokenKind: TokenKind;
  /** Tells callers apart without giving the token away; for the keys of caches. */
  readonly identity: string;
  /** Runs a query; throws `GitHubError`, or the signal's reason when the caller gave up. */
  query<T>(
    document: GraphQLDocument<T>,
    variables: Readonly<Record<string, unknown>>,
    options?: RequestOptions,
  ): Promise<GitHubAnswer<T>>;
  /** Gets a path below the REST base; throws as `query` does. */
  rest(path: string, options?: RequestOptions): Promise<GitHubAnswer<unknown>>;
}

/** What a connection is made of; every time is in milliseconds. */
export interface ConnectionOptions {
  readonly server: GitHubHost;
  readonly token: string;
  readonly identity: string;
  readonly gate: CredentialGate;
  readonly fetch: Fetch;
  readonly userAgent: string;
  /** For one request, retries not included. */
  readonly timeoutMs: number;
  readonly maxRetries: number;
}

interface Sent {
  readonly status: number;
  readonly headers: Headers;
  readonly data: unknown;
}

const maxBytes = 16 * 1024 * 1024;
const envelope = z.object({ data: z.unknown(), errors: z.array(graphqlError).optional() });
const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** Connects to a server with a token, which goes to that server's API origins and nowhere else. */
export function connectGitHub(options: ConnectionOptions): GitHub {
  const { server, token, identity, gate, userAgent, timeoutMs, maxRetries } = options;
  const fetch = guardOrigin(server, readWholeBody(options.fetch, maxBytes));
  const octokit = new Octokit({
    auth: token,
    baseUrl: server.restUrl,
    userAgent,
    log: silent,
    request: { fetch },
  });

  async function send(
    request: { readonly method: string; readonly url: string; readonly [field: string]: unknown },
    signal: AbortSignal | undefined,
  ): Promise<Sent> {
    const timeout = AbortSignal.timeout(timeoutMs);
    const either = signal === undefined ? timeout : AbortSignal.any([signal, timeout]);
    return octokit.request({ ...request, request: { signal: either } }).catch((error: unknown) => {
      signal?.throwIfAborted();
      throw timeout.aborted ? timedOut(error) : requestFailure(error);
    });
  }

  async function query<T>(
    document: GraphQLDocument<T>,
    variables: Readonly<Record<string, unknown>>,
    signal: AbortSignal | undefined,
  ): Promise<GitHubAnswer<T>> {
    const url = server.graphqlUrl;
    const sent = await send({ method: "POST", url, query: document.text, variables }, signal);
    const parsed = envelope.safeParse(sent.data);
    if (sent.status !== 200 || !parsed.success) throw standardError("bad-github-response");

    const { errors = [] } = parsed.data;
    const fatal = graphqlFailure(errors, sent.headers, Date.now());
    if (fatal !== undefined) throw fatal;
    const answer = document.answer.safeParse(parsed.data.data);
    if (!answer.success) throw standardError("bad-github-response", { cause: answer.error });
    return { data: answer.data, partial: errors.length > 0, headers: sent.headers };
  }

  async function get(path: string, signal?: AbortSignal): Promise<GitHubAnswer<unknown>> {
    const sent = await send({ method: "GET", url: server.restUrl + path }, signal);
    if (sent.status !== 200) throw standardError("bad-github-response");
    return { data: sent.data, partial: false, headers: sent.headers };
  }

  function attempt<T>(request: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
    const mayRetry = () => gate.spendRetry();
    return withRetries(() => gate.run(request, signal), { maxRetries, signal, mayRetry });
  }

  return {
    server,
    identity,
    tokenKind: tokenKind(token),
    query: (document, variables, { signal } = {}) =>
      attempt(() => query(document, variables, signal), signal),
    rest: (path, { signal } = {}) => attempt(() => get(path, signal), signal),
  };
}
