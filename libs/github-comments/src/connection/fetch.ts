import { Agent, fetch as send } from "undici";

import { GitHubError } from "../errors.ts";
import type { GitHubHost } from "./hosts.ts";

/** The fetch we send everything with; undici's, because its connections can be kept, timed and bounded. */
export type Fetch = typeof send;

/** How to reach GitHub; every time is in milliseconds. */
export interface FetchSettings {
  /** To open a connection. */
  readonly connectTimeoutMs: number;
  /** For one answer, from the request to its last byte. */
  readonly timeoutMs: number;
}

/** The most bytes an answer may have: a hundred threads with long comments have a tenth of it. */
const maxResponseSize = 16 * 1024 * 1024;

/** A fetch that keeps connections open between requests; `close` ends them. */
export function openFetch({ connectTimeoutMs, timeoutMs }: FetchSettings): {
  readonly fetch: Fetch;
  readonly close: () => Promise<void>;
} {
  const dispatcher = new Agent({
    connect: { timeout: connectTimeoutMs },
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    keepAliveTimeout: 30_000,
    maxResponseSize,
  });
  return {
    fetch: (input, init) => send(input, { ...init, dispatcher }),
    close: () => dispatcher.destroy(),
  };
}

/**
 * A fetch that reaches the two API origins of one server and nothing else, so that a token cannot
 * follow a redirect, a `Link` header or a mistake to another host.
 */
export function guardOrigin({ restUrl, graphqlUrl }: GitHubHost, fetch: Fetch): Fetch {
  // Most guards never see a request: their callers are answered from memory.
  let origins: ReadonlySet<string> | undefined;
  return async (input, init) => {
    origins ??= new Set([new URL(restUrl).origin, new URL(graphqlUrl).origin]);
    const url = new URL(input instanceof URL || typeof input === "string" ? input : input.url);
    if (!origins.has(url.origin)) {
      throw new GitHubError("host-not-allowed", "A request to a foreign host was stopped.");
    }
    return fetch(input, { ...init, redirect: "manual" });
  };
}
