import { demoTokens, type SeedPullRequest, type SeedToken } from "@pr-review/github-double";
import { expect, it } from "vitest";

import { resolvePullRequest } from "../src/index.ts";
import { connect, startDouble } from "./acme.ts";

const pr = (
  number: number,
  headRefName: string,
  more: Partial<SeedPullRequest> = {},
): SeedPullRequest => ({
  number,
  title: `PR ${number}`,
  headRefName,
  createdAt: `2026-01-0${number}T00:00:00Z`,
  updatedAt: `2026-02-0${9 - number}T00:00:00Z`,
  threads: [],
  ...more,
});

async function acmeWith(...pullRequests: SeedPullRequest[]) {
  const github = await startDouble({
    seed: {
      tokens: { [demoTokens.alice]: { login: "alice" } },
      repositories: [{ owner: "acme", name: "widgets", pullRequests }],
    },
  });
  return { github: connect(github), double: github };
}

const acme = { owner: "acme", repo: "widgets" };
const failing = (message: string) => expect.objectContaining({ code: "no-open-pr", message });

it("finds the open pull request of a branch with one request", async () => {
  const { github, double } = await acmeWith(
    pr(1, "fix"),
    pr(2, "fix/this #1+2"),
    pr(3, "fix", { state: "CLOSED" }),
  );
  const search = { ...acme, branch: "fix/this #1+2", strategy: "branch" } as const;
  expect(await resolvePullRequest(github, search)).toEqual({
    host: "github.com",
    ...acme,
    number: 2,
  });
  expect(double.requests).toHaveLength(1);
  expect(double.problems).toEqual([]);
});

it("prefers a branch of the repository itself to one of the same name in a fork (W12)", async () => {
  const { github } = await acmeWith(pr(1, "fix", { headOwner: "mallory" }), pr(2, "fix"));
  const search = { ...acme, branch: "fix", strategy: "branch" } as const;
  expect(await resolvePullRequest(github, search)).toMatchObject({ number: 2 });
});

it("finds the branch of a fork when the repository has none of that name", async () => {
  const { github } = await acmeWith(pr(1, "fix", { headOwner: "bob" }));
  const search = { ...acme, branch: "fix", strategy: "error" } as const;
  expect(await resolvePullRequest(github, search)).toMatchObject({ number: 1 });
});

it("takes the one updated last, or the oldest, without needing a branch (W12)", async () => {
  const { github } = await acmeWith(pr(2, "a"), pr(3, "b"), pr(1, "c"));
  expect(await resolvePullRequest(github, { ...acme, strategy: "latest" })).toMatchObject({
    number: 1,
  });
  expect(await resolvePullRequest(github, { ...acme, strategy: "first" })).toMatchObject({
    number: 1,
  });
  const { github: other } = await acmeWith(
    pr(2, "a", { updatedAt: "2026-03-01T00:00:00Z" }),
    pr(1, "b"),
  );
  expect(await resolvePullRequest(other, { ...acme, strategy: "latest" })).toMatchObject({
    number: 2,
  });
});

it("says in the predecessor's words what it did not find", async () => {
  const { github } = await acmeWith(pr(1, "a"));
  const { github: empty } = await acmeWith();
  const find = (
    where: typeof github,
    strategy: "branch" | "latest" | "first" | "error",
    branch?: string,
  ) => resolvePullRequest(where, { ...acme, branch, strategy });

  await expect(find(github, "branch", "x")).rejects.toEqual(
    failing("No open PR found for branch 'x' in acme/widgets"),
  );
  await expect(find(github, "error", "x")).rejects.toEqual(
    failing("No open PR found for branch 'x' in acme/widgets"),
  );
  await expect(find(empty, "branch", "x")).rejects.toEqual(
    failing("No open PRs found for acme/widgets (current branch: x)"),
  );
  await expect(find(empty, "latest")).rejects.toEqual(
    failing("No open PRs found for acme/widgets"),
  );
  await expect(find(empty, "first")).rejects.toEqual(failing("No open PRs found for acme/widgets"));
  await expect(find(github, "branch")).rejects.toEqual(
    failing("Branch strategy requires a branch name to be specified"),
  );
});

it("refuses to choose between two when told to", async () => {
  const { github } = await acmeWith(pr(1, "fix"), pr(2, "fix"));
  const search = { ...acme, branch: "fix", strategy: "error" } as const;
  await expect(resolvePullRequest(github, search)).rejects.toMatchObject({ code: "no-open-pr" });
});

it("sends no owner or repository that GitHub could not have (W12)", async () => {
  const { github, double } = await acmeWith();
  for (const where of [
    { owner: "../user", repo: "x" },
    { owner: "a", repo: ".." },
  ]) {
    const search = { ...where, strategy: "latest" } as const;
    await expect(resolvePullRequest(github, search)).rejects.toMatchObject({ code: "not-found" });
  }
  expect(double.requests).toEqual([]);
});

const gadgets = { owner: "bob", repo: "gadgets" };
const bobs = { headOwner: "bob" };

interface Fork {
  readonly own?: SeedPullRequest[];
  readonly upstream?: SeedPullRequest[];
  readonly isPrivate?: boolean;
  readonly token?: Partial<SeedToken>;
}

/** Bob's fork of `acme/widgets`, what is open in either, and Alice's connection. */
async function forkWith({ own = [], upstream = [], isPrivate = false, token = {} }: Fork) {
  const double = await startDouble({
    seed: {
      tokens: { [demoTokens.alice]: { login: "alice", ...token } },
      repositories: [
        { owner: "acme", name: "widgets", private: isPrivate, pullRequests: upstream },
        { owner: "bob", name: "gadgets", parent: "acme/widgets", pullRequests: own },
      ],
    },
  });
  return { github: connect(double), double };
}

it.each(["branch", "error"] as const)(
  "finds what a fork sent upstream, by its branch, with one request (%s, W12)",
  async (strategy) => {
    const { github, double } = await forkWith({
      own: [pr(4, "other")],
      upstream: [pr(1, "fix", { headOwner: "mallory" }), pr(2, "fix"), pr(3, "fix", bobs)],
    });
    const search = { ...gadgets, branch: "fix", strategy };
    expect(await resolvePullRequest(github, search)).toEqual({
      host: "github.com",
      ...acme,
      number: 3,
    });
    expect(double.requests).toHaveLength(1);
    expect(double.problems).toEqual([]);
  },
);

it("prefers what is open in the fork itself to what it sent upstream", async () => {
  const { github } = await forkWith({ own: [pr(1, "fix")], upstream: [pr(2, "fix", bobs)] });
  const search = { ...gadgets, branch: "fix" };
  expect(await resolvePullRequest(github, { ...search, strategy: "branch" })).toMatchObject({
    ...gadgets,
    number: 1,
  });
  await expect(resolvePullRequest(github, { ...search, strategy: "error" })).rejects.toEqual(
    failing("More than one open PR found for branch 'fix' in bob/gadgets"),
  );
});

it("prefers what the fork sent upstream to what strangers sent to the fork", async () => {
  const { github } = await forkWith({
    own: [pr(1, "fix", { headOwner: "mallory" })],
    upstream: [pr(2, "fix", bobs)],
  });
  const search = { ...gadgets, branch: "fix", strategy: "branch" } as const;
  expect(await resolvePullRequest(github, search)).toMatchObject({ ...acme, number: 2 });
});

it("takes the latest or the first that the fork's owner sent upstream, with one request", async () => {
  const upstream = [pr(1, "x"), pr(2, "a", bobs), pr(3, "b", bobs), pr(4, "y")];
  const { github, double } = await forkWith({
    upstream: [...upstream, pr(5, "c", { ...bobs, state: "MERGED" })],
  });
  const find = (strategy: "latest" | "first") =>
    resolvePullRequest(github, { ...gadgets, owner: "BOB", strategy });
  Object.assign(upstream[2] ?? {}, { updatedAt: "2026-03-01T00:00:00Z" });
  expect(await find("latest")).toMatchObject({ ...acme, number: 3 });
  expect(await find("first")).toMatchObject({ ...acme, number: 2 });
  expect(double.requests).toHaveLength(2);
  expect(double.problems).toEqual([]);
});

it("looks upstream for the latest or the first only when the fork has none open", async () => {
  const { github } = await forkWith({ own: [pr(9, "a")], upstream: [pr(1, "b", bobs)] });
  for (const strategy of ["latest", "first"] as const) {
    expect(await resolvePullRequest(github, { ...gadgets, strategy })).toMatchObject({
      ...gadgets,
      number: 9,
    });
  }
});

it("takes nobody else's pull request upstream for the fork's", async () => {
  const { github } = await forkWith({
    upstream: [pr(1, "fix"), pr(2, "fix", { headOwner: "mallory" })],
  });
  const find = (strategy: "branch" | "error" | "latest" | "first") =>
    resolvePullRequest(github, { ...gadgets, branch: "fix", strategy });
  await expect(find("branch")).rejects.toEqual(
    failing("No open PRs found for bob/gadgets (current branch: fix)"),
  );
  await expect(find("error")).rejects.toEqual(
    failing("No open PR found for branch 'fix' in bob/gadgets"),
  );
  for (const strategy of ["latest", "first"] as const) {
    await expect(find(strategy)).rejects.toEqual(failing("No open PRs found for bob/gadgets"));
  }
});

it("tells a fork within one account from the repository it was forked from", async () => {
  const { github, double } = await forkWith({ upstream: [pr(1, "fix")] });
  double.seed.repositories[1] = {
    owner: "acme",
    name: "gadgets",
    parent: "acme/widgets",
    pullRequests: [],
  };
  for (const strategy of ["branch", "latest"] as const) {
    const search = { owner: "acme", repo: "gadgets", branch: "fix", strategy };
    await expect(resolvePullRequest(github, search)).rejects.toMatchObject({ code: "no-open-pr" });
  }
});

it("does without an upstream repository that the token cannot see", async () => {
  const { github } = await forkWith({
    own: [pr(1, "fix")],
    upstream: [pr(2, "sent", bobs)],
    isPrivate: true,
  });
  const find = (branch: string) =>
    resolvePullRequest(github, { ...gadgets, branch, strategy: "branch" });
  expect(await find("fix")).toMatchObject({ ...gadgets, number: 1 });
  await expect(find("sent")).rejects.toEqual(
    failing("No open PR found for branch 'sent' in bob/gadgets"),
  );
});

it("asks for the sign-on that the upstream repository needs", async () => {
  const { github } = await forkWith({
    upstream: [pr(1, "fix", bobs)],
    token: { ssoRequired: "acme" },
  });
  const search = { ...gadgets, branch: "fix", strategy: "branch" } as const;
  await expect(resolvePullRequest(github, search)).rejects.toMatchObject({
    code: "github-forbidden",
  });
});

it("claims no absence, and no uniqueness, when GitHub left out a part of its answer", async () => {
  const { github, double } = await forkWith({ own: [pr(1, "fix")] });
  const find = (branch: string, strategy: "branch" | "error") => {
    const path = ["repository", "parent", "onBranch", "nodes", 0];
    double.fail({
      kind: "graphql-error",
      type: "SERVICE_UNAVAILABLE",
      message: "late",
      path,
      keepData: true,
    });
    return resolvePullRequest(github, { ...gadgets, branch, strategy });
  };
  expect(await find("fix", "branch")).toMatchObject({ ...gadgets, number: 1 });
  const unsure = { code: "github-unavailable" };
  await expect(find("other", "branch")).rejects.toMatchObject(unsure);
  await expect(find("fix", "error")).rejects.toMatchObject(unsure);
});

it("takes no name from GitHub that could not stand in an address", async () => {
  const { github, double } = await forkWith({ upstream: [pr(1, "fix", bobs)] });
  const data = {
    repository: {
      name: "gadgets",
      owner: { login: "bob" },
      onBranch: { nodes: [] },
      listed: { nodes: [] },
      parent: { name: "../..", owner: { login: "acme" }, onBranch: { nodes: [] } },
    },
  };
  double.fail({ kind: "status", status: 200, body: { data } });
  const search = { ...gadgets, branch: "fix", strategy: "branch" } as const;
  await expect(resolvePullRequest(github, search)).rejects.toMatchObject({
    code: "bad-github-response",
  });
});
