import { expect, it } from "vitest";

import { type PullRequestClues, locatePullRequest } from "../src/locate-pull-request.ts";
import { harness, prUrl } from "./harness.ts";

const widgets = { host: "github.com", owner: "acme", repo: "widgets", number: 7 };
const clues = (more: Partial<PullRequestClues>): PullRequestClues => ({
  strategy: "branch",
  ...more,
});
const checkoutAt = (host: string) => async () => ({
  host,
  owner: "acme",
  repo: "widgets",
  branch: "minor-units",
});

it.each([prUrl, `${prUrl}/changes`, "acme/widgets#7", "github.com/acme/widgets#7"])(
  "takes %s for a pull request and asks GitHub nothing",
  async (url) => {
    const { context, double } = await harness();
    expect(await locatePullRequest(clues({ url }), context)).toStrictEqual(widgets);
    expect(double.requests).toEqual([]);
  },
);

it("passes on which comment a URL means", async () => {
  const { context } = await harness();
  const url = `${prUrl}#discussion_r3200000001`;
  expect(await locatePullRequest(clues({ url }), context)).toStrictEqual({
    ...widgets,
    target: { kind: "review-comment", databaseId: "3200000001" },
  });
});

it.each(["evil.tld/acme/widgets#7", "https://evil.tld/acme/widgets/pull/7#discussion_r1"])(
  "refuses %s, whatever else is given",
  async (url) => {
    const { context, double } = await harness({ checkout: checkoutAt("github.com") });
    const all = clues({ url, host: "github.com", owner: "acme", repo: "widgets", branch: "x" });
    await expect(locatePullRequest(all, context)).rejects.toMatchObject({
      code: "host-not-allowed",
    });
    expect(double.requests).toEqual([]);
  },
);

it("fills the gaps from the checkout", async () => {
  const { context } = await harness({ checkout: checkoutAt("github.com") });
  expect(await locatePullRequest(clues({}), context)).toStrictEqual(widgets);
});

it("says that the remote's host may be an SSH alias, without repeating it", async () => {
  const { context, double } = await harness({ checkout: checkoutAt("s3cret-alias") });
  const error: unknown = await locatePullRequest(clues({}), context).catch((e: unknown) => e);
  expect(error).toMatchObject({
    code: "host-not-allowed",
    message: expect.stringMatching(/: github\.com\. If it is an SSH alias, give pr_url or host;/),
  });
  expect(String(error)).not.toContain("s3cret");
  expect(double.requests).toEqual([]);
});

it("takes the host it is given for the remote's alias", async () => {
  const { context } = await harness({ checkout: checkoutAt("gh-alias") });
  const found = await locatePullRequest(clues({ host: "github.com" }), context);
  expect(found).toStrictEqual(widgets);
});

it("asks for a repository where there is no checkout", async () => {
  const { context } = await harness();
  await expect(locatePullRequest(clues({ owner: "acme" }), context)).rejects.toMatchObject({
    code: "repository-required",
  });
});

it.each([
  ["acme/widgets", true],
  ["ACME/*", true],
  ["acme/wid*", true],
  ["acme/widget", false],
  ["*/gears", false],
  ["acme", false],
])("lets a key for %s use acme/widgets: %s, before GitHub is asked (SEC-21)", async (glob, ok) => {
  const { context, double } = await harness({
    allowedRepos: ["other/repo", glob],
    checkout: checkoutAt("github.com"),
  });
  const branch = { owner: "acme", repo: "widgets", branch: "minor-units" };
  for (const named of [clues({ url: prUrl }), clues(branch), clues({})]) {
    const found = await locatePullRequest(named, context).catch((e: unknown) => e);
    expect(found).toMatchObject(ok ? widgets : { code: "repository-not-allowed" });
  }
  expect(ok || double.requests.length === 0).toBe(true);
});

it("does not follow a fork to a repository that the key may not use", async () => {
  const fork = { owner: "carol", repo: "widgets" };
  const { context, double } = await harness({ allowedRepos: ["carol/*"] });
  const [upstream] = double.seed.repositories;
  for (const pr of upstream?.pullRequests ?? []) pr.headOwner = "carol";
  double.seed.repositories.push({
    owner: "carol",
    name: "widgets",
    parent: "acme/widgets",
    pullRequests: [],
  });
  for (const named of [{ branch: "minor-units" }, { strategy: "latest" as const }]) {
    const both = { ...context, allowedRepos: ["carol/*", "acme/*"] };
    expect(await locatePullRequest(clues({ ...fork, ...named }), both)).toStrictEqual(widgets);
    await expect(locatePullRequest(clues({ ...fork, ...named }), context)).rejects.toMatchObject({
      code: "repository-not-allowed",
    });
  }
});

it("lets a key for no repository use none", async () => {
  const { context } = await harness({ allowedRepos: [] });
  await expect(locatePullRequest(clues({ url: prUrl }), context)).rejects.toMatchObject({
    code: "repository-not-allowed",
  });
});
