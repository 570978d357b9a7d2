import type { Seed, SeedPullRequest } from "@pr-review/github-double";
import { expect, it } from "vitest";

import { checkAccess } from "../../src/index.ts";
import { pullRequest, storedIn } from "../acme.ts";
import { tokens, visit } from "./visitor.ts";

const vault = { ...pullRequest, repo: "vault", number: 1 };
const yes = { ok: true };
const contents = { kind: "permission", detail: "Pull requests: write and Contents: write" };
const pulls = { kind: "permission", detail: "Pull requests: write" };
const writeAccess = { kind: "permission", detail: "write access to the repository" };

const withoutThreads = (seed: Seed): void => {
  storedIn(seed).threads = [];
};
const ofVera = (seed: Seed): void => {
  withoutThreads(seed);
  storedIn(seed).author = { login: "vera" };
};
const ruled = (rights: Partial<SeedPullRequest["threads"][number]>) => (seed: Seed) => {
  const pr = storedIn(seed);
  pr.threads = pr.threads.map((thread) => ({ ...thread, ...rights }));
};

it("says yes to all for a token that can write, with one request that changes nothing", async () => {
  const { double, github } = await visit({ scopes: ["repo"], canWrite: true });
  const report = await checkAccess(github, pullRequest);
  expect(report).toEqual({ canRead: yes, canReply: yes, canResolve: yes });
  expect(double.requests.map(({ operation }) => operation)).toEqual(["PullRequestAccess"]);
  expect(double.problems).toEqual([]);
});

it.each([
  [
    "the scope a classic token lacks",
    { scopes: ["gist"], canWrite: true },
    tokens.classic,
    { kind: "scope", detail: "public_repo or repo" },
  ],
  ["the write access a person lacks", { scopes: ["public_repo"] }, tokens.classic, writeAccess],
  ["the contents a fine-grained token lacks", {}, tokens.fineGrained, contents],
  ["the contents an App lacks", {}, tokens.installation, contents],
  ["the contents an App's user lacks", {}, tokens.appUser, contents],
])("names %s to resolve", async (_, facts, token, missing) => {
  const { github } = await visit(facts, token);
  const report = await checkAccess(github, pullRequest);
  expect(report.canRead).toEqual(yes);
  expect(report.canResolve).toEqual({ ok: false, missing });
});

it("names less to reply than to resolve", async () => {
  const rights = ruled({ viewerCanReply: false, viewerCanResolve: false });
  const { github } = await visit({}, tokens.fineGrained, rights);
  const { canReply, canResolve } = await checkAccess(github, pullRequest);
  expect([canReply.missing, canResolve.missing]).toEqual([pulls, contents]);
});

it("takes GitHub's word about a thread, reply and resolution apart", async () => {
  const rights = ruled({
    viewerCanReply: true,
    viewerCanResolve: false,
    viewerCanUnresolve: false,
  });
  const { github } = await visit({}, tokens.installation, rights);
  const report = await checkAccess(github, pullRequest);
  expect(report).toEqual({
    canRead: yes,
    canReply: yes,
    canResolve: { ok: false, missing: contents },
  });
});

it("takes a resolved thread that can be opened again for one that can be resolved", async () => {
  const rights = ruled({ isResolved: true, viewerCanResolve: false, viewerCanUnresolve: true });
  const { github } = await visit({}, tokens.fineGrained, rights);
  expect((await checkAccess(github, pullRequest)).canResolve).toEqual(yes);
});

it("wants the whole repo scope for a private repository", async () => {
  const { github } = await visit({ scopes: ["public_repo"], repositories: "all" });
  const missing = { kind: "scope", detail: "repo" };
  expect(await checkAccess(github, vault)).toEqual({
    canRead: yes,
    canReply: { ok: false, missing },
    canResolve: { ok: false, missing },
  });
});

it("does not guess what a token with permissions can do before there is a thread", async () => {
  const { github } = await visit({ canWrite: true }, tokens.fineGrained, withoutThreads);
  expect(await checkAccess(github, pullRequest)).toEqual({
    canRead: yes,
    canReply: { ok: "unknown", missing: pulls },
    canResolve: { ok: "unknown", missing: contents },
  });
});

it.each([
  ["a writer", { canWrite: true }, withoutThreads, yes],
  ["the author", {}, ofVera, yes],
  ["a reader", {}, withoutThreads, { ok: false, missing: writeAccess }],
])(
  "tells before there is a thread whether %s could resolve one",
  async (_, facts, seed, verdict) => {
    const { github } = await visit({ scopes: ["repo"], ...facts }, tokens.classic, seed);
    const report = await checkAccess(github, pullRequest);
    expect(report).toEqual({ canRead: yes, canReply: yes, canResolve: verdict });
  },
);

it.each([
  ["a repository out of sight", vault, {}, "repository-access"],
  ["a pull request that is not there", { ...pullRequest, number: 999 }, {}, "repository-access"],
  ["a missing sign-on", vault, { repositories: "all" as const, ssoRequired: "acme" }, "sso"],
  ["an expired token", pullRequest, { expiresAt: "2020-01-01T00:00:00Z" }, "token"],
])("answers %s with what is missing, not with an error", async (_, where, facts, kind) => {
  const { github } = await visit(facts);
  const report = await checkAccess(github, where);
  const refused = { ok: false, missing: expect.objectContaining({ kind }) };
  expect(report).toMatchObject({ canRead: refused, canReply: refused, canResolve: refused });
  expect(report.sso !== undefined).toBe(kind === "sso");
});

it.each([
  [429, "github-rate-limited"],
  [503, "github-unavailable"],
  [418, "bad-github-response"],
])("throws for a %i, which says nothing about rights", async (status, code) => {
  const { double, github } = await visit();
  double.fail({ kind: "status", status });
  await expect(checkAccess(github, pullRequest)).rejects.toMatchObject({ code });
});
