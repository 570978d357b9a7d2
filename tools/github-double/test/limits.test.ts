import { expect, it } from "vitest";

import { demoSeed, demoTokens, type Seed } from "../src/index.ts";
import { ask, clientOf, start, statusOf } from "./harness.ts";

const { alice } = demoTokens;

function limitedSeed(limit: number): Seed {
  const seed = demoSeed();
  const token = seed.tokens[alice];
  if (token) token.limit = limit;
  return seed;
}

it("answers 200 with an error and remaining 0 when GraphQL's points are spent", async () => {
  const double = await start({ seed: limitedSeed(2) });
  const query = "{ rateLimit { cost remaining used limit } }";
  expect((await ask(double, alice, query)).data).toEqual({
    rateLimit: { cost: 1, remaining: 1, used: 1, limit: 2 },
  });
  await ask(double, alice, query);
  const answer = await ask(double, alice, query);
  expect(answer.status).toBe(200);
  expect(answer.data).toBeUndefined();
  expect(answer.errors[0]).toMatchObject({ type: "RATE_LIMIT" });
  expect(answer.headers.get("x-ratelimit-remaining")).toBe("0");
  expect(answer.headers.get("x-ratelimit-resource")).toBe("graphql");
});

it("answers 403 with remaining 0 when REST's points are spent, and counts them apart", async () => {
  const double = await start({ seed: limitedSeed(1) });
  const { rest } = clientOf(double, alice);
  await rest.users.getAuthenticated();
  expect(await statusOf(rest.users.getAuthenticated())).toBe(403);
  const { data } = await rest.rateLimit.get();
  expect(data.resources.core.remaining).toBe(0);
  expect(data.resources.graphql?.remaining).toBe(1);
});

it("opens a new window after an hour", async () => {
  let clock = Date.UTC(2026, 0, 1);
  const double = await start({ seed: limitedSeed(1), now: () => clock });
  const { rest } = clientOf(double, alice);
  await rest.users.getAuthenticated();
  expect(await statusOf(rest.users.getAuthenticated())).toBe(403);
  clock += 3_600_000;
  expect((await rest.users.getAuthenticated()).status).toBe(200);
});

it("grants 60 requests without a token", async () => {
  const double = await start();
  const { headers } = await clientOf(double).rest.pulls.list({ owner: "acme", repo: "widgets" });
  expect(headers).toMatchObject({ "x-ratelimit-limit": "60", "x-ratelimit-remaining": "59" });
});

it("refuses a query of more than 500,000 nodes", async () => {
  const double = await start();
  const query = `{ repository(owner: "acme", name: "widgets") { pullRequests(first: 100) { nodes {
    reviewThreads(first: 100) { nodes { comments(first: 100) { nodes { id } } } } } } } }`;
  const { errors } = await ask(double, alice, query);
  expect(errors[0]).toEqual({
    type: "MAX_NODE_LIMIT_EXCEEDED",
    message:
      "This query requests up to 1,010,100 possible nodes which exceeds the maximum limit of 500,000.",
  });
});

it("tells scopes and expiry of a classic token", async () => {
  const seed = limitedSeed(10);
  const token = seed.tokens[alice];
  if (token) token.expiresAt = "2126-01-02T03:04:05Z";
  const double = await start({ seed });
  const { headers } = await clientOf(double, alice).rest.users.getAuthenticated();
  expect(headers["x-oauth-scopes"]).toBe("repo");
  expect(headers["github-authentication-token-expiration"]).toBe("2126-01-02 03:04:05 UTC");
  expect(headers["x-github-request-id"]).toMatch(/^[0-9A-F:]+$/);
});
