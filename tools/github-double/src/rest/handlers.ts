import { Actor } from "../model/actor.ts";
import { sortPullRequests } from "../model/pull-request-filter.ts";
import type { PullRequest } from "../model/pull-request.ts";
import { issueCommentBody, reviewBody, reviewCommentBody } from "./comment-bodies.ts";
import { listPage } from "./paging.ts";
import { pullRequestBody, pullRequestSummary } from "./pull-request-body.ts";
import { bySince, sortRemarks } from "./remark-order.ts";
import { type RestContext, RestError, type RestReply } from "./reply.ts";
import { repositoryBody } from "./repository-body.ts";
import { pullRequestOf, repositoryOf } from "./repository-path.ts";
import { metaBody, rateLimitBody } from "./service-bodies.ts";
import { profileBody } from "./user-body.ts";

/** Answers one operation. */
export type Handler = (context: RestContext) => RestReply;

/** The operations the double models, by GitHub's operation id. The rest of the contract answers 501. */
export const handlers: Readonly<Partial<Record<string, Handler>>> = {
  "users/get-authenticated": ({ view, visit }) => {
    const { token } = view.viewer;
    if (token === undefined) throw new RestError(401, "Requires authentication");
    const actor = new Actor(view.webUrl, token.login, "User", token.name);
    return { status: 200, body: profileBody(actor, visit.state.restUrl) };
  },

  "rate-limit/get": ({ visit }) => ({ status: 200, body: rateLimitBody(visit) }),

  "meta/get": ({ visit }) => ({ status: 200, body: metaBody(visit) }),

  "repos/get": (context) => {
    const body = repositoryBody(repositoryOf(context), context.visit.state.restUrl);
    return { status: 200, body };
  },

  "pulls/list": (context) => {
    const repository = repositoryOf(context);
    const { restUrl } = context.visit.state;
    const chosen = choosePulls(repository.allPullRequests, context.query);
    return listPage(context, repository, chosen, (pull) => pullRequestSummary(pull, restUrl));
  },

  "pulls/get": (context) => {
    const body = pullRequestBody(pullRequestOf(context), context.visit.state.restUrl);
    return { status: 200, body };
  },

  "pulls/list-review-comments": (context) => {
    const pull = pullRequestOf(context);
    const { restUrl } = context.visit.state;
    const comments = pull.allThreads.flatMap(({ allComments }) => allComments);
    const submitted = comments.filter(({ state }) => state === "SUBMITTED");
    const chosen = sortRemarks(bySince(submitted, context.query), context.query);
    return listPage(context, pull.repository, chosen, (item) => reviewCommentBody(item, restUrl));
  },

  "pulls/list-reviews": (context) => {
    const pull = pullRequestOf(context);
    const { restUrl } = context.visit.state;
    return listPage(context, pull.repository, pull.allReviews, (item) => reviewBody(item, restUrl));
  },

  "issues/list-comments": (context) => {
    const pull = pullRequestOf(context);
    const { restUrl } = context.visit.state;
    const chosen = bySince(pull.allIssueComments, context.query);
    return listPage(context, pull.repository, chosen, (item) => issueCommentBody(item, restUrl));
  },
};

function choosePulls(
  pulls: readonly PullRequest[],
  query: URLSearchParams,
): readonly PullRequest[] {
  const state = query.get("state") ?? "open";
  const head = query.get("head") ?? "";
  const base = query.get("base");
  const chosen = pulls.filter(
    (pull) =>
      (state === "all" || pull.closed === (state === "closed")) &&
      // Without an owner GitHub ignores the filter, and so lists every branch.
      (!head.includes(":") || head === `${pull.headRepositoryOwner.login}:${pull.headRefName}`) &&
      (base === null || base === pull.baseRefName),
  );
  return orderPulls(chosen, query);
}

function orderPulls(pulls: readonly PullRequest[], query: URLSearchParams): readonly PullRequest[] {
  const sort = query.get("sort") ?? "created";
  const field = PULL_ORDERS[sort];
  if (field === undefined) throw new Error(`the double does not model sort=${sort}`);
  const direction = query.get("direction") ?? (sort === "created" ? "desc" : "asc");
  return sortPullRequests(pulls, { field, direction: direction === "desc" ? "DESC" : "ASC" });
}

const PULL_ORDERS: Readonly<Partial<Record<string, "CREATED_AT" | "UPDATED_AT" | "COMMENTS">>> = {
  created: "CREATED_AT",
  updated: "UPDATED_AT",
  popularity: "COMMENTS",
};
