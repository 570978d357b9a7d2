import { Agent, fetch as send, Response } from "undici";

import { standardError } from "../diagnose/standard-error.ts";
import { GitHubError } from "../errors.ts";
import type { GitHubHost } from "./hosts.ts";

/** The fetch we send everything with; undici's, because its connections can be kept and timed. */
export type Fetch = typeof send;

/** How to reach GitHub; every time is in milliseconds. */
export interface FetchSettings {
  /** To open a connection. */
  readonly connectTimeoutMs: number;
  /** For one answer, from the request to its last byte. */
  readonly timeoutMs: number;
}

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
  const origins = new Set([new URL(restUrl).origin, new URL(graphqlUrl).origin]);
  return async (input, init) => {
    const url = new URL(input instanceof URL || typeof input === "string" ? input : input.url);
    if (!origins.has(url.origin)) {
      throw new GitHubError("host-not-allowed", "A request to a foreign host was stopped.");
    }
    return fetch(input, { ...init, redirect: "manual" });
  };
}

const withoutBody = new Set([204, 205, 304]);

/**
 * A fetch whose answers have their whole body read, up to `maxBytes`. Octokit takes a body that breaks
 * off for an empty one; here it is an error, and so is one that is too large.
 */
export function readWholeBody(fetch: Fetch, maxBytes: number): Fetch {
  return async (input, init) => {
    const response = await fetch(input, init);
    const { status, headers, body } = response;
    if (body === null || withoutBody.has(status)) return response;
    const whole = await new Response(body.pipeThrough(limitTo(maxBytes))).arrayBuffer();
    return new Response(whole, { status, headers });
  };
}

function limitTo(maxBytes: number): TransformStream<Uint8Array, Uint8Array> {
  let bytes = 0;
  return new TransformStream({
    transform(chunk, controller) {
      bytes += chunk.byteLength;
      if (bytes > maxBytes) throw standardError("bad-github-response");
      controller.enqueue(chunk);
    },
  });
}
