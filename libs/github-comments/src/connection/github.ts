import { z } from "zod";

import { standardError } from "../diagnose/standard-error.ts";
import type { GraphQLDocument } from "../queries/document.ts";
import type { CredentialGate } from "./credential-gate.ts";
import type { GitHubAnswer } from "./github-answer.ts";
import { graphqlError, graphqlFailure, graphqlRefusal } from "./graphql-failure.ts";
import type { GitHubHost } from "./hosts.ts";
import { type RequestReport, reportRequest } from "./request-report.ts";
import { createRequester, type RequesterOptions } from "./requester.ts";
import { withRetries } from "./retry.ts";
import { type TokenKind, tokenKind } from "./token-kind.ts";

/** Options of one request. */
export interface RequestOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called before a retry, so that the next try can ask for less. */
  readonly lighten?: (() => void) | undefined;
}

type Values = Readonly<Record<string, unknown>>;

/** The variables of a query; a function is asked anew for each try. */
export type Variables = Values | (() => Values);

/** A connection to one GitHub server as one caller. */
export interface GitHub {
  readonly server: GitHubHost;
  readonly tokenKind: TokenKind;
  /** Tells callers apart without giving the token away; for the keys of caches. */
  readonly identity: string;
  /** Runs a query; throws `GitHubError`, or the signal's reason when the caller gave up. */
  query<T>(
    document: GraphQLDocument<T>,
    variables: Variables,
    options?: RequestOptions,
  ): Promise<GitHubAnswer<T>>;
  /** Gets a path below the REST base; throws as `query` does. */
  rest(path: string, options?: RequestOptions): Promise<GitHubAnswer<unknown>>;
}

/** What a connection is made of. */
export interface ConnectionOptions extends RequesterOptions {
  readonly identity: string;
  readonly gate: CredentialGate;
  readonly maxRetries: number;
  /** Told of every try, for metrics; must not throw. */
  readonly onRequest?: ((report: RequestReport) => void) | undefined;
}

const envelope = z.object({ data: z.unknown(), errors: z.array(graphqlError).optional() });

/** Connects to a server with a token, which goes to that server's API origins and nowhere else. */
export function connectGitHub(connection: ConnectionOptions): GitHub {
  const { server, token, identity, gate, maxRetries, onRequest } = connection;
  const send = createRequester(connection);
  const mayRetry = gate.spendRetry.bind(gate);

  async function query<T>(
    document: GraphQLDocument<T>,
    variables: Variables,
    signal: AbortSignal | undefined,
  ): Promise<GitHubAnswer<T>> {
    const body = { query: document.text, variables: valuesOf(variables) };
    const { headers, data } = await send(
      { method: "POST", url: server.graphqlUrl, ...body },
      signal,
    );
    const parsed = envelope.safeParse(data);
    if (!parsed.success) throw standardError("bad-github-response");

    const { errors = [] } = parsed.data;
    const { optional } = document;
    const fatal = graphqlFailure(errors, headers, Date.now(), { host: server.host, optional });
    if (fatal !== undefined) throw fatal;
    const answer = document.answer.safeParse(parsed.data.data);
    if (!answer.success) throw standardError("bad-github-response", { cause: answer.error });
    const partial = errors.length > 0;
    const refusal = partial ? graphqlRefusal(errors, headers, Date.now(), server) : undefined;
    return { data: answer.data, partial, refusal, headers };
  }

  async function get(path: string, signal?: AbortSignal): Promise<GitHubAnswer<unknown>> {
    const sent = await send({ method: "GET", url: server.restUrl + path }, signal);
    return { ...sent, partial: false, refusal: undefined };
  }

  function attempt<T>(
    request: () => Promise<GitHubAnswer<T>>,
    options: RequestOptions,
  ): Promise<GitHubAnswer<T>> {
    const turn = () => reportRequest(request, { gate, signal: options.signal, onRequest });
    return withRetries(turn, { maxRetries, mayRetry, ...options });
  }

  return {
    server,
    identity,
    tokenKind: tokenKind(token),
    query: (document, variables, options = {}) =>
      attempt(() => query(document, variables, options.signal), options),
    rest: (path, options = {}) => attempt(() => get(path, options.signal), options),
  };
}

function valuesOf(variables: Variables): Values {
  return typeof variables === "function" ? variables() : variables;
}
