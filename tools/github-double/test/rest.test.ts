import { describe, expect, it } from "vitest";

import { demoTokens, generateSeed } from "../src/index.ts";
import { clientOf, start, statusOf } from "./harness.ts";

const pull = { owner: "acme", repo: "widgets", pull_number: 7 } as const;

describe("REST, judged by octokit", () => {
  it("pages through every comment by GitHub's numeric links", async () => {
    const double = await start({ seed: generateSeed({ threads: 100, commentsPerThread: 5 }) });
    const octokit = clientOf(double, demoTokens.alice);
    const comments = await octokit.paginate(octokit.rest.pulls.listReviewComments, {
      ...pull,
      per_page: 100,
    });
    expect(new Set(comments.map(({ id }) => id)).size).toBe(500);
    expect(double.requests.map(({ path }) => path.split("?")[0])).toEqual([
      "/repos/acme/widgets/pulls/7/comments",
      ...Array.from({ length: 4 }, () =>
        expect.stringMatching(/^\/repositories\/\d+\/pulls\/7\/comments$/),
      ),
    ]);
    expect(
      double.requests.every(({ operation }) => operation === "pulls/list-review-comments"),
    ).toBe(true);
    expect(double.problems).toEqual([]);
  });

  it("links back and forth from a page in the middle", async () => {
    const double = await start();
    const { headers } = await clientOf(double).rest.pulls.listReviewComments({
      ...pull,
      per_page: 3,
      page: 2,
    });
    const rels = [...(headers.link ?? "").matchAll(/[?&]page=(\d)>; rel="(\w+)"/g)];
    expect(rels.map(([, page, rel]) => `${rel} ${page}`)).toEqual([
      "prev 1",
      "next 3",
      "last 4",
      "first 1",
    ]);
  });

  it("answers every modelled operation within GitHub's contract, on both editions", async () => {
    for (const apiPrefix of ["", "/api/v3"] as const) {
      const double = await start({ apiPrefix });
      const { rest } = clientOf(double, demoTokens.alice);
      const { owner, repo } = pull;
      const vault = { owner, repo: "vault" };
      const answers = await Promise.all([
        rest.users.getAuthenticated(),
        rest.repos.get(vault),
        rest.pulls.list({ owner, repo, state: "all" }),
        rest.pulls.get(pull),
        rest.pulls.listReviewComments(pull),
        rest.pulls.listReviews(pull),
        rest.issues.listComments({ owner, repo, issue_number: 7 }),
        rest.rateLimit.get(),
        rest.meta.get(),
      ]);
      expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
      expect(double.problems).toEqual([]);
    }
  });

  it("tells an outdated comment by its missing line and a reply by its parent", async () => {
    const double = await start();
    const { data } = await clientOf(double).rest.pulls.listReviewComments(pull);
    const outdated = data.find(({ id }) => id === 3_200_000_009);
    const reply = data.find(({ id }) => id === 3_200_000_007);
    expect(outdated).toMatchObject({ line: null, original_line: 88 });
    expect(reply).toMatchObject({ in_reply_to_id: 3_200_000_006 });
    expect(data.find(({ id }) => id === 3_200_000_010)?.user).toBeNull();
    expect(data.find(({ id }) => id === 3_200_000_003)?.user.login).toBe("lint-bot[bot]");
  });

  it("lists only what changed since a moment", async () => {
    const double = await start();
    const { data } = await clientOf(double).rest.pulls.listReviewComments({
      ...pull,
      since: "2026-03-04T13:58:00Z",
      sort: "created",
      direction: "desc",
    });
    expect(data.map(({ id }) => id)).toEqual([3_200_000_005, 3_200_000_004, 3_200_000_011]);
  });

  it("finds a pull request by owner and branch, and ignores a branch without an owner", async () => {
    const double = await start();
    const { rest } = clientOf(double);
    const list = async (head: string): Promise<number[]> => {
      const { data } = await rest.pulls.list({
        owner: "acme",
        repo: "widgets",
        state: "all",
        head,
      });
      return data.map(({ number }) => number);
    };
    expect(await list("acme:minor-units")).toEqual([7]);
    expect(await list("other:minor-units")).toEqual([]);
    expect(await list("minor-units")).toEqual([7, 5]);
  });
});

describe("REST refuses, as GitHub does,", () => {
  it("unknown and expired tokens with 401", async () => {
    const double = await start();
    const { rest } = clientOf(double, "ghp_unknown");
    expect(await statusOf(rest.users.getAuthenticated())).toBe(401);
    const bob = double.seed.tokens[demoTokens.bob];
    if (bob) bob.expiresAt = "2020-01-01T00:00:00Z";
    expect(await statusOf(clientOf(double, demoTokens.bob).rest.pulls.get(pull))).toBe(401);
    expect(double.problems).toEqual([]);
  });

  it("foreign private repositories and absent pull requests with 404", async () => {
    const double = await start();
    const { rest } = clientOf(double, demoTokens.bob);
    const vault = { owner: "acme", repo: "vault", pull_number: 1 };
    expect(await statusOf(rest.pulls.get(vault))).toBe(404);
    expect(await statusOf(rest.pulls.get({ ...pull, pull_number: 99 }))).toBe(404);
    expect((await clientOf(double, demoTokens.alice).rest.pulls.get(vault)).status).toBe(200);
  });

  it("a request that breaks the contract with 422, and reports it", async () => {
    const double = await start();
    const octokit = clientOf(double);
    const bad = octokit.request("GET /repos/acme/widgets/pulls?per_page=many");
    expect(await statusOf(bad)).toBe(422);
    expect(double.problems).toEqual([expect.stringContaining("per_page")]);
  });

  it("an operation it does not model with 501, a path GitHub lacks with 404, and reports both", async () => {
    const double = await start();
    const octokit = clientOf(double);
    expect(await statusOf(octokit.rest.pulls.listFiles(pull))).toBe(501);
    expect(await statusOf(octokit.request("GET /repos/acme/widgets/threads"))).toBe(404);
    expect(double.problems).toHaveLength(2);
  });

  it("a repository behind SAML sign-on with 403 and the way to it", async () => {
    const double = await start();
    const alice = double.seed.tokens[demoTokens.alice];
    if (alice) alice.ssoRequired = "acme";
    const response = await fetch(`${double.restUrl}/repos/acme/widgets`, {
      headers: { authorization: `token ${demoTokens.alice}` },
    });
    expect(response.status).toBe(403);
    expect(response.headers.get("x-github-sso")).toMatch(/^required; url=/);
  });

  it("to send an answer of its own that breaks the contract", async () => {
    const double = await start();
    const comment = double.seed.repositories[0]?.pullRequests[1]?.threads[0]?.comments[0];
    if (comment) comment.body = null;
    expect(await statusOf(clientOf(double).rest.pulls.listReviewComments(pull))).toBe(500);
    expect(double.problems).toEqual([expect.stringContaining("/0/body")]);
  });
});
