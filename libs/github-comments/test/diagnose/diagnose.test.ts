import { expect, it } from "vitest";

import { diagnose } from "../../src/diagnose/diagnose.ts";
import type { Missing } from "../../src/diagnose/missing.ts";
import type { Refusal } from "../../src/diagnose/refusal.ts";
import { graphql, http, now, resetsInAnHour } from "./shapes.ts";

interface Expected {
  readonly code: string;
  readonly missing?: Missing;
  readonly retryAfter?: number;
}

const ssoUrl = "https://github.com/orgs/acme/sso?authorization_request=AFI7HZUWPW";
const saml =
  "Resource protected by organization SAML enforcement. You must grant your Personal Access token access to this organization.";
const usedUp = { "x-ratelimit-remaining": "0", ...resetsInAnHour };
const correct = "Although you appear to have the correct authorization credentials, the `acme`";

function refused(missing: Missing): Expected {
  return { code: "github-token-refused", missing };
}

function forbidden(kind: Missing["kind"], detail?: string): Expected {
  return { code: "github-forbidden", missing: { kind, ...(detail !== undefined && { detail }) } };
}

function limited(retryAfter: number): Expected {
  return { code: "github-rate-limited", retryAfter };
}

const signOn: Expected = { code: "github-forbidden", missing: { kind: "sso", url: ssoUrl } };
const hidden: Expected = { code: "not-found", missing: { kind: "repository-access" } };
const down: Expected = { code: "github-unavailable" };
const smaller = { kind: "smaller-request" } as const;

const table: readonly (readonly [string, Refusal, Expected])[] = [
  [
    "a wrong token",
    http(401, "Bad credentials"),
    refused({ kind: "token", detail: "a valid token" }),
  ],
  [
    "no token at all",
    http(401, "Requires authentication"),
    refused({ kind: "token", detail: "a token" }),
  ],
  [
    "no token for GraphQL",
    http(401, "This endpoint requires you to be authenticated."),
    refused({ kind: "token", detail: "a token" }),
  ],
  [
    "an expired token",
    http(401, "The token has expired"),
    refused({ kind: "token", detail: "a token that has not expired" }),
  ],
  [
    "a password that wants a second factor",
    http(401, "Must specify two-factor authentication OTP code.", {
      "x-github-otp": "required; app",
    }),
    refused({ kind: "two-factor" }),
  ],
  [
    "a lock after many wrong tokens",
    http(403, "Maximum number of login attempts exceeded. Please try again later."),
    refused({ kind: "token", detail: "a valid token" }),
  ],
  [
    "a suspended account",
    http(403, "Sorry. Your account was suspended."),
    refused({ kind: "account-suspended" }),
  ],
  [
    "single sign-on over REST",
    http(403, saml, { "x-github-sso": `required; url=${ssoUrl}` }),
    signOn,
  ],
  [
    "single sign-on behind a 404",
    http(404, "Not Found", { "x-github-sso": `required; url=${ssoUrl}` }),
    signOn,
  ],
  [
    "single sign-on over GraphQL",
    graphql(
      {
        type: "FORBIDDEN",
        message: saml,
        path: ["repository"],
        extensions: { saml_failure: true },
      },
      { "x-github-sso": `required; url=${ssoUrl}` },
    ),
    signOn,
  ],
  [
    "single sign-on without an address",
    graphql({ type: "FORBIDDEN", message: saml, extensions: { saml_failure: true } }),
    forbidden("sso"),
  ],
  [
    "single sign-on in the extensions only",
    graphql({ type: "FORBIDDEN", message: "Forbidden", extensions: { saml_failure: true } }),
    forbidden("sso"),
  ],
  ["single sign-on in words only", http(403, saml), forbidden("sso")],
  [
    "a permission the header names",
    http(403, "Resource not accessible by personal access token", {
      "x-accepted-github-permissions": "pull_requests=write",
    }),
    forbidden("permission", "Pull requests: write"),
  ],
  [
    "two permissions, of several sets the first that is known",
    http(403, "Resource not accessible by personal access token", {
      "x-accepted-github-permissions": "brand_new=write; contents=write,pull_requests=write",
    }),
    forbidden("permission", "Contents: write and Pull requests: write"),
  ],
  [
    "a permission an App lacks, scopes notwithstanding",
    http(403, "Resource not accessible by integration", {
      "x-oauth-scopes": "",
      "x-accepted-oauth-scopes": "repo",
    }),
    forbidden("permission", "Pull requests: read"),
  ],
  [
    "a query a token may not run",
    graphql({
      type: "FORBIDDEN",
      message: "Resource not accessible by personal access token",
      path: ["repository", "pullRequest"],
    }),
    forbidden("permission", "Pull requests: read"),
  ],
  [
    "a reply a token may not write",
    graphql({
      type: "FORBIDDEN",
      message: "Resource not accessible by personal access token",
      path: ["addPullRequestReviewThreadReply"],
    }),
    forbidden("permission", "Pull requests: write"),
  ],
  [
    "resolving, which takes the contents too",
    graphql({
      type: "FORBIDDEN",
      message: "Resource not accessible by integration",
      path: ["resolveReviewThread"],
    }),
    forbidden("permission", "Pull requests: write and Contents: write"),
  ],
  [
    "a refusal that does not say of what",
    graphql({ type: "FORBIDDEN", message: "Resource not accessible by integration" }),
    forbidden(
      "permission",
      "Pull requests: read (to reply: write; to resolve: also Contents: write)",
    ),
  ],
  [
    "a scope GraphQL names",
    graphql({
      type: "INSUFFICIENT_SCOPES",
      message:
        "Your token has not been granted the required scopes to execute this query. The 'name' field requires one of the following scopes: ['read:org', 'admin:org'], but your token has only been granted the: ['gist'] scopes. Please modify your token's scopes at: https://github.com/settings/tokens.",
    }),
    forbidden("scope", "read:org or admin:org"),
  ],
  [
    "a scope an older server names without a type",
    graphql({
      message:
        "Your token has not been granted the required scopes to execute this query. The 'id' field requires one of the following scopes: ['public_repo'], but your token has only been granted the: [''] scopes.",
    }),
    forbidden("scope", "public_repo"),
  ],
  [
    "a scope REST wants and the token has not",
    http(403, "Must have admin rights to Repository.", {
      "x-oauth-scopes": "gist",
      "x-accepted-oauth-scopes": "repo",
    }),
    forbidden("scope", "repo"),
  ],
  [
    "a permission REST wants of a token with the scope",
    http(403, "Must have admin rights to Repository.", {
      "x-oauth-scopes": "repo",
      "x-accepted-oauth-scopes": "repo",
    }),
    forbidden("permission", "Pull requests: read"),
  ],
  [
    "an IP allow list",
    http(
      403,
      `${correct} organization has an IP allow list enabled, and your IP address is not permitted to access this resource.`,
    ),
    forbidden("ip-allow-list"),
  ],
  [
    "an IP allow list over GraphQL",
    graphql({
      type: "FORBIDDEN",
      message: `${correct} organization has an IP allow list enabled, and 203.0.113.7 is not permitted to access this resource.`,
      path: ["repository"],
    }),
    forbidden("ip-allow-list"),
  ],
  [
    "an App nobody approved, told over two lines",
    graphql({
      type: "FORBIDDEN",
      message: `${correct} organization has enabled OAuth\nApp access restrictions, meaning that data access to third-parties is limited.`,
    }),
    forbidden("app-approval"),
  ],
  [
    "a suspended installation",
    http(403, "This installation has been suspended"),
    forbidden("app-suspended"),
  ],
  [
    "a token that lives too long",
    http(
      403,
      "The 'acme' organization forbids access via a fine-grained personal access tokens if the token's lifetime is greater than 366 days. Please adjust your token's lifetime at the following URL: https://github.com/settings/personal-access-tokens/1",
    ),
    forbidden("token-lifetime", "366 days"),
  ],
  [
    "a classic token where none is allowed",
    http(
      403,
      "`acme` forbids access via a personal access token (classic). Please use a GitHub App, OAuth App, or a personal access token with fine-grained permissions.",
    ),
    forbidden("token-kind", "fine-grained token or GitHub App"),
  ],
  [
    "a fine-grained token where none is allowed",
    http(
      403,
      "`acme` forbids access via a personal access token with fine-grained permissions. Please use a GitHub App, or an OAuth App.",
    ),
    forbidden("token-kind", "GitHub App or OAuth App"),
  ],
  [
    "an organisation that wants two factors",
    http(403, "You must enable two-factor authentication to access this organization."),
    forbidden("two-factor"),
  ],
  [
    "a used-up primary limit",
    http(403, "API rate limit exceeded for user ID 1.", usedUp),
    limited(3_600),
  ],
  ["a 403 with nothing left and nothing said", http(403, "Forbidden", usedUp), limited(3_600)],
  [
    "a secondary limit with a time",
    http(403, "You have exceeded a secondary rate limit.", { "retry-after": "42" }),
    limited(42),
  ],
  [
    "a secondary limit without one",
    http(403, "You have exceeded a secondary rate limit."),
    limited(60),
  ],
  [
    "an abuse detection of old",
    http(403, "You have triggered an abuse detection mechanism."),
    limited(60),
  ],
  ["a 403 that says no more than when", http(403, "Forbidden", { "retry-after": "5" }), limited(5)],
  ["too many requests", http(429, "Too Many Requests", { "retry-after": "7" }), limited(7)],
  [
    "a limit told in a 200",
    graphql({ type: "RATE_LIMITED", message: "API rate limit exceeded" }, usedUp),
    limited(3_600),
  ],
  [
    "a limit under its other name",
    graphql({ type: "RATE_LIMIT", extensions: { code: "graphql_rate_limit" } }, usedUp),
    limited(3_600),
  ],
  [
    "a secondary limit told in a 200",
    graphql({ message: "You have exceeded a secondary rate limit." }),
    limited(60),
  ],
  ["a repository out of sight", http(404, "Not Found"), hidden],
  [
    "a repository out of sight over GraphQL",
    graphql({
      type: "NOT_FOUND",
      message: "Could not resolve to a Repository with the name 'acme/nothing'.",
      path: ["repository"],
    }),
    hidden,
  ],
  ["an Enterprise Server without limits", http(404, "Rate limiting is not enabled."), hidden],
  [
    "a takedown",
    http(451, "Unavailable for legal reasons"),
    forbidden("repository-access", "blocked for legal reasons"),
  ],
  [
    "a blocked repository",
    http(403, "Repository access blocked"),
    forbidden("repository-access", "blocked by GitHub"),
  ],
  [
    "an archived repository",
    http(403, "Repository was archived so is read-only."),
    forbidden("writable-repository", "archived"),
  ],
  [
    "a locked conversation",
    http(403, "Unable to create comment because issue is locked."),
    forbidden("open-conversation"),
  ],
  [
    "a plain no, limits untouched",
    http(403, "Forbidden"),
    forbidden("permission", "Pull requests: read"),
  ],
  ["a server error", http(500, "Server Error"), down],
  ["a bad gateway", http(502, "Server Error"), down],
  ["a service that is away", http(503, "No server is currently available"), down],
  ["a query that ran out of time", http(504, "We couldn't respond to your request in time."), down],
  [
    "a query that broke",
    graphql({
      message:
        "Something went wrong while executing your query. This may be the result of a timeout, or it could be a GitHub bug.",
    }),
    down,
  ],
  [
    "a GraphQL service that is away",
    graphql({ type: "SERVICE_UNAVAILABLE", message: "unavailable" }),
    down,
  ],
  [
    "a query that is too heavy",
    graphql({
      type: "RESOURCE_LIMITS_EXCEEDED",
      message: "Resource limits for this query exceeded.",
    }),
    { ...down, missing: smaller },
  ],
  [
    "a query with too many nodes",
    graphql({
      type: "MAX_NODE_LIMIT_EXCEEDED",
      message: "This query requests up to 1,000,000 possible nodes",
    }),
    { code: "bad-github-response", missing: smaller },
  ],
  [
    "a request GitHub cannot work with",
    http(422, "Validation Failed"),
    { code: "bad-github-response" },
  ],
  ["a status nobody knows", http(418, "I'm a teapot"), { code: "bad-github-response" }],
];

it.each(table)("knows %s", (_, refusal, { code, missing, retryAfter }) => {
  const error = diagnose(refusal, { now, host: "github.com" });
  const found = { code: error.code, missing: error.missing, retryAfter: error.retryAfter };
  expect(found).toEqual({ code, missing, retryAfter });
  expect(error.message).toMatch(/^[A-Z].*\.$|https:\S+\.$/);
});

it("takes the plainest of several errors", () => {
  const errors = [
    { type: "NOT_FOUND", message: "Could not resolve", path: ["repository"] },
    { type: "FORBIDDEN", message: saml, extensions: { saml_failure: true } },
  ];
  const error = diagnose({ kind: "graphql", errors, headers: {} });
  expect(error.missing).toEqual({ kind: "sso" });
});

it.each([
  [http(403, "API rate limit exceeded for user ID 1.", usedUp), "3600", "is used up"],
  [http(429, "Too Many Requests"), "60", "slow down"],
  [http(403, "You have exceeded a secondary rate limit.", usedUp), "3600", "slow down"],
])("tells a limit that is used up from a wish to slow down (%#)", (refusal, seconds, words) => {
  const { message } = diagnose(refusal, { now });
  expect(message).toContain(words);
  expect(message).toContain(` ${seconds} seconds.`);
});

it("keeps GitHub's request id, when it is one", () => {
  const id = "C0DE:1B2C3:4D5E6F:7A8B9C:65F0A1B2";
  const ids = [id, "a0b1c2d3-0000-4000-8000-a0b1c2d3e4f5", "canary words", `${id}:ghp_x`];
  const kept = ids.map(
    (each) => diagnose(http(500, "", { "x-github-request-id": each })).requestId,
  );
  expect(kept).toEqual([...ids.slice(0, 2), undefined, undefined]);
});
