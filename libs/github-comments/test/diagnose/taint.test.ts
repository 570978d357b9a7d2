import { expect, it } from "vitest";

import { diagnose } from "../../src/diagnose/diagnose.ts";
import type { Refusal } from "../../src/diagnose/refusal.ts";
import { now } from "./shapes.ts";

const secrets = ["ghp_canary0000000000000000000000000000000", "github_pat_canary", "canary words"];
const statuses = [304, 400, 401, 403, 404, 410, 418, 422, 429, 451, 500, 502, 503];
const types = ["FORBIDDEN", "NOT_FOUND", "INSUFFICIENT_SCOPES", "RATE_LIMITED", "", ...secrets];

/** Words that make every rule with words apply, so that each of them sees the tainted rest. */
const phrases = [
  "",
  "secondary rate limit",
  "SAML enforcement",
  "IP allow list",
  "installation has been suspended",
  "token's lifetime is greater than ghp_canary days",
  "personal access token (classic).",
  "forbids access via a fine-grained",
  "OAuth App access restrictions",
  "two-factor",
  "expired",
  "Requires authentication",
  "login attempts exceeded",
  "account was suspended",
  "not been granted the required scopes. requires one of the following scopes: ['canary', 'ghp_canary', 'repo']",
  "Resource not accessible by integration",
  "Repository access blocked",
  "Repository was archived so is read-only",
  "issue is locked",
  "Something went wrong while executing your query",
];

function headersWith(secret: string): Refusal["headers"] {
  return {
    "x-github-request-id": secret,
    "x-accepted-github-permissions": `${secret}=write; pull_requests=${secret}`,
    "x-accepted-oauth-scopes": secret,
    "x-oauth-scopes": secret,
    "retry-after": secret,
    "x-ratelimit-reset": secret,
    "x-ratelimit-remaining": "0",
  };
}

function refusalsWith(secret: string): readonly Refusal[] {
  const tainted = headersWith(secret);
  const signOn = { "x-github-sso": `required; url=https://github.com/orgs/acme/sso?a=${secret}` };
  return phrases.flatMap((phrase) => {
    const message = `${secret} ${phrase} ${secret}`;
    const graphql = types.map((type) => ({ type, message, path: [secret, "resolve"] }));
    return [tainted, { ...tainted, ...signOn }].flatMap((headers): readonly Refusal[] => [
      ...statuses.map((status): Refusal => ({ kind: "http", status, message, headers })),
      ...graphql.map((error): Refusal => ({ kind: "graphql", errors: [error], headers })),
    ]);
  });
}

it("repeats nothing GitHub wrote, whatever it is and wherever it stood", () => {
  const refusals = secrets.flatMap(refusalsWith);
  expect(refusals.length).toBeGreaterThan(2_000);
  for (const refusal of refusals) {
    const error = diagnose(refusal, { now, host: "github.com" });
    const shown = [error.message, error.stack, JSON.stringify(error), String(error.cause)];
    expect(shown.join("\n")).not.toMatch(/canary|ghp_|github_pat_/);
  }
});
