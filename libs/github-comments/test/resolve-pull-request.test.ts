import { demoTokens, type SeedPullRequest } from "@pr-review/github-double";
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

const main: SeedPullRequest[] = [];

/** Bob's fork of `acme/widgets`, and what is open on either. */
async function forkWith({
  own = [],
  upstream = main,
  ...more
}: {
  readonly own?: SeedPullRequest[];
  readonly upstream?: SeedPullRequest[];
  readonly private?: boolean;
  readonly ssoRequired?: string;
}) {
  const { private: isPrivate = false, ...token } = more;
  const parent = { owner: "acme", name: "widgets", private: isPrivate, pullRequests: upstream };
  const fork = { owner: "bob", name: "gadgets", parent: "acme/widgets", pullRequests: own };
  const double = await startDouble({
    seed: {
      tokens: { [demoTokens.alice]: { login: "alice", ...token } },
      repositories: [parent, fork],
    },
  });
  return { github: connect(double), double };
}
