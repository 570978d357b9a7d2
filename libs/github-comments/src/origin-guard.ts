import { GitHubError } from "./errors.ts";
import type { GitHubHost } from "./hosts.ts";

type Fetch = typeof globalThis.fetch;

/**
 * A fetch that reaches the two API origins of one server and nothing else, so that a token cannot
 * follow a redirect, a `Link` header or a mistake to another host.
 */
export function guardOrigin({ restUrl, graphqlUrl }: GitHubHost, fetch: Fetch): Fetch {
  const origins = new Set([new URL(restUrl).origin, new URL(graphqlUrl).origin]);
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    if (!origins.has(url.origin)) {
      throw new GitHubError("host-not-allowed", "A request to a foreign host was stopped.");
    }
    return fetch(input, { ...init, redirect: "manual" });
  };
}
