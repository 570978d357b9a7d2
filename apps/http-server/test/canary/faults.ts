import type { Failure, Fault } from "@pr-review/github-double";

/** Everything GitHub can do wrong to all requests, with these tokens in whatever it says. */
export function faultsWith(tokens: string): readonly Fault[] {
  const message = `Resource not accessible by integration, but by one of the following scopes: ['${tokens}']`;
  const body = {
    message,
    documentation_url: tokens,
    errors: [tokens],
  };
  const headers = {
    "x-oauth-scopes": tokens,
    "x-accepted-github-permissions": `pull_requests=${tokens}`,
    "x-accepted-oauth-scopes": tokens,
  };
  const sso = `required; url=https://github.com/orgs/acme/sso?authorization_request=${tokens.split(" ").at(0)}`;
  const status = (code: number) => ({ kind: "status", status: code, headers, body }) as const;
  const graphql = (type: string): Failure => ({
    kind: "graphql-error",
    type,
    message,
    path: [tokens],
    headers,
  });
  const failures: readonly Failure[] = [
    ...[401, 403, 404, 500, 502].map(status),
    ...["FORBIDDEN", "INSUFFICIENT_SCOPES", tokens].map(graphql),
    { kind: "graphql-error", type: tokens, message: tokens, keepData: true, headers },
    { kind: "status", status: 403, headers: { "x-github-sso": sso }, body },
    { kind: "status", status: 200, body: { data: { viewer: tokens, node: tokens } } },
    { kind: "truncate" },
    { kind: "reset" },
    { kind: "html" },
    { kind: "not-json" },
    { kind: "wrong-content-type" },
    { kind: "redirect", location: `https://example.com/${tokens}`, status: 302 },
    { kind: "link", next: `https://example.com/${tokens}` },
    { kind: "hang" },
    { kind: "hang-body" },
    // With a token that was limited, GitHub is not asked again for a while.
    { ...status(429), headers: { ...headers, "retry-after": "1" } },
    graphql("RATE_LIMITED"),
  ];
  return failures.map((failure) => ({ ...failure, times: Infinity }));
}
