import { expect, it } from "vitest";

import { type GraphQLErrorEntry, graphqlFailure } from "../src/connection/graphql-failure.ts";

const now = Date.UTC(2026, 5, 1);
const thread = ["repository", "pullRequest", "reviewThreads", "nodes", 3, "comments"];
const lost: GraphQLErrorEntry = { message: "Something went wrong", path: thread };

it("leaves an answer alone that lacks only what is deep inside it", () => {
  expect(graphqlFailure([], {}, now)).toBeUndefined();
  expect(graphqlFailure([lost], {}, now)).toBeUndefined();
});

it.each([
  ["without a path", []],
  ["at the repository", ["repository"]],
  ["at the list of threads", thread.slice(0, 3)],
])("fails for an error %s", (_, path) => {
  const error = { type: "NOT_FOUND", message: "", path };
  expect(graphqlFailure([lost, error], {}, now)).toMatchObject({ code: "not-found" });
});

it("fails for a limit wherever it struck", () => {
  const limit = { type: "RATE_LIMITED", message: "", path: thread };
  expect(graphqlFailure([lost, limit], {}, now)).toMatchObject({ code: "github-rate-limited" });
});

it("gives the address of single sign-on on the host it knows, and on no other", () => {
  const url = "https://github.com/orgs/acme/sso?authorization_request=A";
  const headers = { "x-github-sso": `required; url=${url}` };
  const errors = [{ type: "FORBIDDEN", message: "", extensions: { saml_failure: true } }];
  const given = ["github.com", "ghe.acme.test", undefined].map(
    (host) => graphqlFailure(errors, headers, now, { host })?.missing,
  );
  expect(given).toEqual([{ kind: "sso", url }, { kind: "sso" }, { kind: "sso" }]);
});
