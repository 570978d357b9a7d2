import { Octokit } from "@octokit/rest";
import { z } from "zod";

import { graphqlError, graphqlFailure } from "./graphql-failure.ts";
import type { GitHubHost } from "./hosts.ts";
import { standardError } from "./http-failure.ts";
import { guardOrigin } from "./origin-guard.ts";
import type { GraphQLDocument } from "./queries/document.ts";
import { requestFailure, timedOut } from "./request-failure.ts";
import { withRetries } from "./retry.ts";
import { readWholeBody } from "./whole-body.ts";

/** The data of an answer; `partial` when GitHub left out fields deep inside it. */
export interface GitHubAnswer<T> {
  readonly data: T;
  readonly partial: boolean;
}

/** A connection to one GitHub server as one caller. */
export interface GitHub {
  readonly server: GitHubHost;
  /** Runs a query; throws `GitHubError`, or the signal's reason when the caller gave up. */
  query<T>(
    document: GraphQLDocument<T>,
    variables: Readonly<Record<string, unknown>>,
    options?: { readonly signal?: AbortSignal | undefined },
  ): Promise<GitHubAnswer<T>>;
}

/** How to reach GitHub; every time is in milliseconds. */
export interface GitHubSettings {
  readonly userAgent?: string | undefined;
  /** For one request, retries not included. */
  readonly timeoutMs?: number | undefined;
  readonly maxRetries?: number | undefined;
  readonly fetch?: typeof globalThis.fetch | undefined;
}

const maxBytes = 16 * 1024 * 1024;
const envelope = z.object({ data: z.unknown(), errors: z.array(graphqlError).optional() });
const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** Connects to a server with a token, which goes to that server's API origins and nowhere else. */
export function connectGitHub(
  server: GitHubHost,
  token: string,
  {
    userAgent = "pr-review-mcp",
    timeoutMs = 30_000,
    maxRetries = 3,
    fetch = globalThis.fetch,
  }: GitHubSettings = {},
): GitHub {
  const octokit = new Octokit({
    auth: token,
    baseUrl: server.restUrl,
    userAgent,
    log: silent,
    request: { fetch: guardOrigin(server, readWholeBody(fetch, maxBytes)) },
  });

  async function send<T>(
    document: GraphQLDocument<T>,
    variables: Readonly<Record<string, unknown>>,
    signal: AbortSignal | undefined,
  ): Promise<GitHubAnswer<T>> {
    const timeout = AbortSignal.timeout(timeoutMs);
    const either = signal === undefined ? timeout : AbortSignal.any([signal, timeout]);
    const body = { query: document.text, variables };
    const response = await octokit
      .request({ method: "POST", url: server.graphqlUrl, ...body, request: { signal: either } })
      .catch((error: unknown) => {
        signal?.throwIfAborted();
        throw timeout.aborted ? timedOut(error) : requestFailure(error);
      });
    const parsed = envelope.safeParse(response.data);
    if (response.status !== 200 || !parsed.success) throw standardError("bad-github-response");

    const { errors = [] } = parsed.data;
    const fatal = graphqlFailure(errors, response.headers, Date.now());
    if (fatal !== undefined) throw fatal;
    const answer = document.answer.safeParse(parsed.data.data);
    if (!answer.success) throw standardError("bad-github-response", { cause: answer.error });
    return { data: answer.data, partial: errors.length > 0 };
  }

  return {
    server,
    query: (document, variables, { signal } = {}) =>
      withRetries(() => send(document, variables, signal), { maxRetries, signal }),
  };
}
