import { expect, it } from "vitest";

import { demoTokens } from "../src/index.ts";
import { clientOf, start, statusOf } from "./harness.ts";

const pull = { owner: "acme", repo: "widgets", pull_number: 7 } as const;

it("answers an unchanged page with 304, without a body and without spending a point", async () => {
  const double = await start();
  const { rest } = clientOf(double, demoTokens.alice);
  const first = await rest.pulls.listReviewComments(pull);
  const headers = { "if-none-match": first.headers.etag };
  expect(await statusOf(rest.pulls.listReviewComments({ ...pull, headers }))).toBe(304);

  const raw = await fetch(`${double.restUrl}/repos/acme/widgets/pulls/7/comments`, {
    headers: {
      authorization: `Bearer ${demoTokens.alice}`,
      "if-none-match": first.headers.etag ?? "",
    },
  });
  expect(raw.status).toBe(304);
  expect(await raw.text()).toBe("");
  expect(raw.headers.get("x-ratelimit-used")).toBe("1");
});

it("answers 200 again once the seed changed", async () => {
  const double = await start();
  const { rest } = clientOf(double, demoTokens.alice);
  const first = await rest.pulls.get(pull);
  const widgets = double.seed.repositories[0]?.pullRequests[1];
  if (widgets) widgets.title = "Another title";
  const again = await rest.pulls.get({ ...pull, headers: { "if-none-match": first.headers.etag } });
  expect(again.data.title).toBe("Another title");
});

it("gives every token a tag of its own", async () => {
  const double = await start();
  const alice = await clientOf(double, demoTokens.alice).rest.pulls.get(pull);
  const bob = await clientOf(double, demoTokens.bob).rest.pulls.get(pull);
  expect(alice.data).toEqual(bob.data);
  expect(alice.headers.etag).not.toBe(bob.headers.etag);
});
