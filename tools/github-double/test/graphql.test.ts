import { describe, expect, it } from "vitest";

import { demoTokens, generateSeed } from "../src/index.ts";
import { ask, clientOf, start } from "./harness.ts";

const { alice, bob } = demoTokens;

const READ = `query Read($after: String, $before: String, $first: Int, $last: Int) {
  repository(owner: "acme", name: "widgets") { pullRequest(number: 7) {
    reviewThreads(first: $first, last: $last, after: $after, before: $before) {
      totalCount
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      nodes { id }
    }
  } }
}`;

interface Page {
  readonly totalCount: number;
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string;
    readonly endCursor: string;
  };
  readonly nodes: readonly { readonly id: string }[];
}

function pageOf(answer: unknown): Page {
  return (answer as { repository: { pullRequest: { reviewThreads: Page } } }).repository.pullRequest
    .reviewThreads;
}

describe("GraphQL pages", () => {
  it("lead from the first thread to the last, each once", async () => {
    const double = await start({ seed: generateSeed({ threads: 250 }) });
    const octokit = clientOf(double, alice);
    const seen: string[] = [];
    let after: string | null = null;
    for (let more = true; more;) {
      const page = pageOf(await octokit.graphql(READ, { first: 100, after }));
      seen.push(...page.nodes.map(({ id }) => id));
      ({ hasNextPage: more, endCursor: after } = page.pageInfo);
    }
    expect(seen).toEqual(Array.from({ length: 250 }, (_, index) => `PRRT_generated_${index}`));
    expect(double.requests.map(({ operation }) => operation)).toEqual(["Read", "Read", "Read"]);
    expect(double.problems).toEqual([]);
  });

  it("lead from the last thread to the first as well", async () => {
    const double = await start({ seed: generateSeed({ threads: 250 }) });
    const octokit = clientOf(double, alice);
    const seen: string[] = [];
    let before: string | null = null;
    for (let more = true; more;) {
      const page = pageOf(await octokit.graphql(READ, { last: 100, before }));
      expect(page.nodes.length).toBeLessThanOrEqual(100);
      seen.unshift(...page.nodes.map(({ id }) => id));
      ({ hasPreviousPage: more, startCursor: before } = page.pageInfo);
    }
    expect(seen).toEqual(Array.from({ length: 250 }, (_, index) => `PRRT_generated_${index}`));
  });

  it("keep their place when a thread is added", async () => {
    const double = await start();
    const octokit = clientOf(double, alice);
    const first = pageOf(await octokit.graphql(READ, { first: 4 }));
    double.seed.repositories[0]?.pullRequests[1]?.threads.unshift({
      id: "PRRT_new",
      path: "new.ts",
      comments: [{ id: "PRRC_new_1", body: "new" }],
    });
    const next = pageOf(await octokit.graphql(READ, { first: 1, after: first.pageInfo.endCursor }));
    expect(next.totalCount).toBe(10);
    expect(next.nodes).toEqual([{ id: "PRRT_widgets_7_5" }]);
  });

  it("refuse a forged cursor", async () => {
    const double = await start();
    const { errors } = await ask(double, alice, READ, { first: 1, after: "xyz" });
    expect(errors).toEqual([
      expect.objectContaining({
        type: "INVALID_CURSOR_ARGUMENTS",
        message: "`xyz` does not appear to be a valid cursor.",
        path: ["repository", "pullRequest", "reviewThreads"],
      }),
    ]);
    expect(double.problems).toEqual([]);
  });

  it("refuse the cursor of another connection, though it lists the same comment", async () => {
    const double = await start();
    const query = `query($id: ID!, $after: String) { node(id: $id) {
      ... on PullRequestReviewThread { comments(first: 1, after: $after) { pageInfo { endCursor } } }
      ... on PullRequestReview { comments(first: 1, after: $after) { nodes { id } } } } }`;
    const { data } = await ask(double, alice, query, { id: "PRRT_widgets_7_1" });
    const after = /"endCursor":"([^"]+)"/.exec(JSON.stringify(data))?.[1];
    const own = await ask(double, alice, query, { id: "PRRT_widgets_7_1", after });
    const foreign = await ask(double, alice, query, { id: "PRR_widgets_7_1", after });
    expect(own.errors).toEqual([]);
    expect(foreign.errors[0]).toMatchObject({ type: "INVALID_CURSOR_ARGUMENTS" });
  });

  it("need a size of at most 100, and report a client that gives none", async () => {
    const double = await start();
    const without = await ask(double, alice, READ);
    const large = await ask(double, alice, READ, { first: 101 });
    expect(without.errors[0]).toMatchObject({ type: "MISSING_PAGINATION_BOUNDARIES" });
    expect(large.errors[0]).toMatchObject({
      type: "EXCESSIVE_PAGINATION",
      message:
        "Requesting 101 records on the `reviewThreads` connection exceeds the `first` limit of 100 records.",
    });
    expect(double.problems).toHaveLength(2);
  });

  it("need no size where only the total is asked", async () => {
    const double = await start();
    const query = `{ repository(owner: "acme", name: "widgets") { pullRequest(number: 7) {
      reviewThreads { totalCount } comments { totalCount } } } }`;
    const { data, errors } = await ask(double, alice, query);
    expect(errors).toEqual([]);
    expect(JSON.stringify(data)).toContain('"reviewThreads":{"totalCount":9}');
  });
});

describe("GraphQL reads", () => {
  it("every field of the review model", async () => {
    const double = await start();
    const query = `query Everything {
      rateLimit { cost nodeCount limit remaining used resetAt }
      viewer { login name id url }
      repository(owner: "ACME", name: "Widgets", followRenames: true) {
        nameWithOwner isPrivate visibility viewerPermission isFork parent { nameWithOwner }
        owner { login __typename } defaultBranchRef { name }
        pullRequest(number: 7) {
          ...on PullRequest { id fullDatabaseId number title body state isDraft closed merged url permalink
            createdAt updatedAt closedAt mergedAt headRefName headRefOid baseRefName baseRefOid
            headRepositoryOwner { login } headRepository { nameWithOwner } isCrossRepository
            author { login __typename } authorAssociation reviewDecision totalCommentsCount
            additions deletions changedFiles viewerDidAuthor viewerCanUpdate viewerCanReact
            viewerCanApplySuggestion viewerCanClose viewerCanReopen }
          reviewThreads(first: 100) { edges { cursor } nodes {
            id isResolved isOutdated isCollapsed path line originalLine startLine originalStartLine
            diffSide startDiffSide subjectType resolvedBy { login } viewerCanReply viewerCanResolve
            viewerCanUnresolve pullRequest { number } repository { name }
            comments(first: 50) { totalCount pageInfo { hasNextPage endCursor } nodes { ...C } } } }
          reviews(first: 50, states: [CHANGES_REQUESTED, COMMENTED]) { nodes {
            id fullDatabaseId state body submittedAt createdAt updatedAt url commit { oid }
            author { login } authorAssociation authorCanPushToRepository isMinimized
            comments(first: 10) { totalCount nodes { id } } } }
          comments(first: 50) { nodes {
            id fullDatabaseId body author { login __typename } authorAssociation isMinimized
            minimizedReason createdAt updatedAt lastEditedAt url viewerDidAuthor viewerCanUpdate } }
        }
      }
    }
    fragment C on PullRequestReviewComment {
      id fullDatabaseId body diffHunk path line originalLine startLine originalStartLine subjectType
      createdAt updatedAt lastEditedAt publishedAt draftedAt url state outdated isMinimized
      minimizedReason authorAssociation author { login __typename url avatarUrl }
      replyTo { id fullDatabaseId } pullRequestReview { id fullDatabaseId state submittedAt }
      commit { oid abbreviatedOid url } originalCommit { oid }
      reactionGroups { content viewerHasReacted reactors { totalCount } }
      viewerDidAuthor viewerCanUpdate viewerCanDelete viewerCanReact viewerCanMinimize
    }`;
    const { data, errors } = await ask(double, alice, query);
    expect(errors).toEqual([]);
    expect(double.problems).toEqual([]);
    const text = JSON.stringify(data);
    expect(text).toContain('"author":null');
    expect(text).toContain('"login":"lint-bot","__typename":"Bot"');
    expect(text).toContain(
      '"content":"HOORAY","viewerHasReacted":false,"reactors":{"totalCount":2}',
    );
    expect(text).toContain('"line":null,"originalLine":88');
  });

  it("open pull requests of a branch, newest update first", async () => {
    const double = await start();
    const query = `{ repository(owner: "acme", name: "widgets") {
      all: pullRequests(first: 5, orderBy: { field: UPDATED_AT, direction: DESC }) { nodes { number } }
      branch: pullRequests(first: 1, headRefName: "minor-units", states: OPEN) { nodes { number } }
    } }`;
    const { data } = await ask(double, alice, query);
    expect(data?.["repository"]).toEqual({
      all: { nodes: [{ number: 7 }, { number: 5 }] },
      branch: { nodes: [{ number: 7 }] },
    });
  });

  it("nodes by id, each missing one an error of its own", async () => {
    const double = await start();
    const query = `query($ids: [ID!]!) { nodes(ids: $ids) { id __typename } }`;
    const ids = ["PRRT_widgets_7_1", "nowhere", "PRRC_widgets_7_2", "PRR_widgets_7_1"];
    const { data, errors } = await ask(double, alice, query, { ids });
    expect(data?.["nodes"]).toEqual([
      { id: ids[0], __typename: "PullRequestReviewThread" },
      null,
      { id: ids[2], __typename: "PullRequestReviewComment" },
      { id: ids[3], __typename: "PullRequestReview" },
    ]);
    expect(errors).toEqual([expect.objectContaining({ type: "NOT_FOUND", path: ["nodes", 1] })]);
  });
});

describe("GraphQL refuses", () => {
  it("a request without a token and one with an unknown token", async () => {
    const double = await start();
    expect((await ask(double, undefined, "{ viewer { login } }")).status).toBe(401);
    expect((await ask(double, "ghp_unknown", "{ viewer { login } }")).status).toBe(401);
  });

  it("a foreign private repository as if it did not exist, also by node id", async () => {
    const double = await start();
    const query = `{ repository(owner: "acme", name: "vault") { id } node(id: "PRRT_vault_1") { id } }`;
    const { data, errors } = await ask(double, bob, query);
    expect(data).toEqual({ repository: null, node: null });
    expect(errors.map(({ type, message }) => [type, message])).toEqual([
      ["NOT_FOUND", "Could not resolve to a Repository with the name 'acme/vault'."],
      ["NOT_FOUND", "Could not resolve to a node with the global id of 'PRRT_vault_1'"],
    ]);
    expect((await ask(double, alice, query)).errors).toEqual([]);
  });

  it("a repository behind SAML sign-on, with the way to it", async () => {
    const double = await start();
    const token = double.seed.tokens[alice];
    if (token) token.ssoRequired = "acme";
    const answer = await ask(
      double,
      alice,
      `{ repository(owner: "acme", name: "widgets") { id } }`,
    );
    expect(answer.status).toBe(200);
    expect(answer.errors[0]).toMatchObject({
      type: "FORBIDDEN",
      extensions: { saml_failure: true },
    });
    expect(answer.headers.get("x-github-sso")).toMatch(/^required/);
  });

  it("a deprecated field, and reports it", async () => {
    const double = await start();
    const query = `{ node(id: "PRRC_widgets_7_1") { ... on PullRequestReviewComment { databaseId } } }`;
    const { data, errors } = await ask(double, alice, query);
    expect(data).toBeUndefined();
    expect(errors[0]?.["message"]).toContain("deprecated");
    expect(double.problems).toHaveLength(1);
  });

  it("a field GitHub lacks, and a variable of the wrong type, and reports both", async () => {
    const double = await start();
    await ask(double, alice, "{ viewer { shoeSize } }");
    await ask(double, alice, READ, { first: "ten" });
    expect(double.problems).toEqual([
      expect.stringContaining("shoeSize"),
      expect.stringContaining("$first"),
    ]);
  });

  it("to invent a value for a field it does not model, nullable or not", async () => {
    const double = await start();
    const query = `{ repository(owner: "acme", name: "widgets") { description stargazerCount } }`;
    const { errors } = await ask(double, alice, query);
    expect(errors.map(({ message }) => message)).toEqual([
      "the double does not model Repository.description",
      "the double does not model Repository.stargazerCount",
    ]);
    expect(double.problems).toHaveLength(2);
  });

  it("to pass over an argument it does not model", async () => {
    const double = await start();
    const query = `{ repository(owner: "acme", name: "widgets") { pullRequest(number: 7) {
      reviewThreads(first: 1) { nodes { comments(first: 1, skip: 1) { totalCount } } } } } }`;
    await ask(double, alice, query);
    expect(double.problems).toEqual([expect.stringContaining("comments(skip:)")]);
  });
});
