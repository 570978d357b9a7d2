import { Kind, parse } from "graphql";
import { expect, it } from "vitest";

import { type Price, priceOf } from "../src/graphql/price.ts";

function price(query: string, variables: Record<string, unknown> = {}): Price {
  const { definitions } = parse(query);
  const operation = definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
  const fragments = definitions.filter((node) => node.kind === Kind.FRAGMENT_DEFINITION);
  if (operation === undefined) throw new Error("no operation");
  const named = Object.fromEntries(fragments.map((node) => [node.name.value, node]));
  return priceOf(operation, named, variables);
}

it("costs 51 points for GitHub's own example of labels of issues of repositories", () => {
  const query = `{ viewer { repositories(first: 100) { edges { node { issues(first: 50) { edges {
    node { labels(first: 60) { edges { node { name } } } } } } } } } } }`;
  expect(price(query).cost).toBe(51);
});

it("counts 22,060 nodes for GitHub's own example of followers and comments", () => {
  const query = `{ viewer {
    repositories(first: 50) { edges { repository: node { name
      pullRequests(first: 20) { edges { pullRequest: node { comments(first: 10) { edges { node { id } } } } } }
      issues(first: 20) { edges { issue: node { comments(first: 10) { edges { node { id } } } } } } } } }
    followers(first: 10) { edges { node { login } } } } }`;
  expect(price(query).nodeCount).toBe(22_060);
});

it("costs one point for 100 threads of 50 comments, 51 with their reactions", () => {
  const query = (more: string): string => `query($n: Int) {
    repository(owner: "o", name: "r") { pullRequest(number: 1) { reviewThreads(first: $n) { nodes { ...T } } } }
  } fragment T on PullRequestReviewThread { comments(first: 50) { nodes { id ${more} } } }`;
  expect(price(query(""), { n: 100 })).toEqual({ cost: 1, nodeCount: 5_100 });
  const reactions = "reactions(first: 10) { nodes { id } }";
  expect(price(query(reactions), { n: 100 })).toEqual({ cost: 51, nodeCount: 55_100 });
});

it("leaves out what a directive leaves out", () => {
  const query = `query($more: Boolean!) { viewer { followers(first: 10) { nodes { id } }
    following(first: 30) @include(if: $more) { nodes { id } } } }`;
  expect(price(query, { more: false }).nodeCount).toBe(10);
  expect(price(query, { more: true }).nodeCount).toBe(40);
});
