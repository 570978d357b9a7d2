import { describe, expect, it } from "vitest";

import { demoTokens } from "../src/index.ts";
import { ask, start } from "./harness.ts";

const { alice, bob } = demoTokens;
const RESOLVE = `mutation Resolve($id: ID!) { resolveReviewThread(input: { threadId: $id, clientMutationId: "m1" }) {
  clientMutationId thread { isResolved resolvedBy { login } viewerCanUnresolve } } }`;
const REPLY = `mutation Reply($id: ID!, $body: String!) {
  addPullRequestReviewThreadReply(input: { pullRequestReviewThreadId: $id, body: $body }) {
    comment { body state author { login } replyTo { id } pullRequestReview { state } } } }`;

describe("mutations", () => {
  it("resolve a thread and open it again, in the seed", async () => {
    const double = await start();
    const id = "PRRT_widgets_7_1";
    const { data } = await ask(double, alice, RESOLVE, { id });
    expect(data?.["resolveReviewThread"]).toEqual({
      clientMutationId: "m1",
      thread: { isResolved: true, resolvedBy: { login: "alice" }, viewerCanUnresolve: true },
    });
    const thread = double.seed.repositories[0]?.pullRequests[1]?.threads[0];
    expect(thread).toMatchObject({ isResolved: true, resolvedBy: "alice" });
    await ask(double, alice, RESOLVE.replace("resolveReviewThread", "unresolveReviewThread"), {
      id,
    });
    expect(thread).toMatchObject({ isResolved: false, resolvedBy: null });
  });

  it("reply to a thread as the token's owner", async () => {
    const double = await start();
    const { data } = await ask(double, alice, REPLY, { id: "PRRT_widgets_7_2", body: "Done." });
    expect(data?.["addPullRequestReviewThreadReply"]).toEqual({
      comment: {
        body: "Done.",
        state: "SUBMITTED",
        author: { login: "alice" },
        replyTo: { id: "PRRC_widgets_7_2" },
        pullRequestReview: { state: "COMMENTED" },
      },
    });
    expect(double.problems).toEqual([]);
  });

  it("swallow a reply into the viewer's pending review, unseen by others", async () => {
    const double = await start();
    double.seed.repositories[0]?.pullRequests[1]?.reviews?.push({
      id: "PRR_pending",
      author: { login: "alice" },
      state: "PENDING",
      body: "",
      submittedAt: null,
    });
    const { data } = await ask(double, alice, REPLY, { id: "PRRT_widgets_7_2", body: "Draft." });
    expect(JSON.stringify(data)).toContain('"state":"PENDING"');
    const query = `{ node(id: "PRRT_widgets_7_2") { ... on PullRequestReviewThread { comments { totalCount } } } }`;
    const totals = await Promise.all([ask(double, alice, query), ask(double, bob, query)]);
    expect(totals.map((answer) => answer.data?.["node"])).toEqual([
      { comments: { totalCount: 2 } },
      { comments: { totalCount: 1 } },
    ]);
  });

  it("are forbidden to a token that may not write, and change nothing", async () => {
    const double = await start();
    const { data, errors } = await ask(double, bob, RESOLVE, { id: "PRRT_widgets_7_1" });
    expect(data).toEqual({ resolveReviewThread: null });
    expect(errors[0]).toMatchObject({
      type: "FORBIDDEN",
      message: "Resource not accessible by personal access token",
    });
    expect(double.seed.repositories[0]?.pullRequests[1]?.threads[0]?.isResolved).toBeUndefined();
  });

  it("are forbidden on a thread this viewer may not resolve", async () => {
    const double = await start();
    const thread = double.seed.repositories[0]?.pullRequests[1]?.threads[0];
    if (thread) thread.viewerCanResolve = false;
    const { errors } = await ask(double, alice, RESOLVE, { id: "PRRT_widgets_7_1" });
    expect(errors[0]).toMatchObject({ type: "FORBIDDEN" });
  });

  it("refuse an empty reply and one beyond 65,536 characters", async () => {
    const double = await start();
    for (const body of ["  ", "a".repeat(65_537)]) {
      const { errors } = await ask(double, alice, REPLY, { id: "PRRT_widgets_7_1", body });
      expect(errors[0]).toMatchObject({ type: "UNPROCESSABLE" });
    }
  });
});
