import type { PullRequest } from "../model/pull-request.ts";
import type { Repository } from "../model/repository.ts";
import { repositoryBody } from "./repository-body.ts";
import { nullableUserBody, userBody } from "./user-body.ts";

/** GitHub's `pull-request-simple`, the form of lists. */
export function pullRequestSummary(pull: PullRequest, restUrl: string): Record<string, unknown> {
  const { repository } = pull;
  const links = linksOf(pull, restUrl);
  return {
    id: Number(pull.fullDatabaseId),
    node_id: pull.id,
    number: pull.number,
    state: pull.closed ? "closed" : "open",
    title: pull.title,
    body: pull.body,
    locked: false,
    draft: pull.isDraft,
    user: nullableUserBody(pull.author, restUrl),
    author_association: pull.authorAssociation,
    created_at: pull.createdAt,
    updated_at: pull.updatedAt,
    closed_at: pull.closedAt,
    merged_at: pull.mergedAt,
    merge_commit_sha: null,
    html_url: pull.url,
    diff_url: `${pull.url}.diff`,
    patch_url: `${pull.url}.patch`,
    ...links,
    _links: Object.fromEntries(
      Object.entries({ html_url: pull.url, ...links }).map(([name, href]) => [
        name === "url" ? "self" : name.replace(/_url$/, ""),
        { href },
      ]),
    ),
    head: endOf(pull.headRepository, pull.headRefName, pull.headRefOid, restUrl),
    base: endOf(repository, pull.baseRefName, pull.baseRefOid, restUrl),
    assignee: null,
    assignees: [],
    requested_reviewers: [],
    requested_teams: [],
    labels: [],
    milestone: null,
    auto_merge: null,
  };
}

/** GitHub's `pull-request`, the form of a single one. */
export function pullRequestBody(pull: PullRequest, restUrl: string): Record<string, unknown> {
  return {
    ...pullRequestSummary(pull, restUrl),
    merged: pull.merged,
    merged_by: null,
    mergeable: null,
    mergeable_state: "unknown",
    maintainer_can_modify: false,
    comments: pull.allIssueComments.length,
    review_comments: pull.totalCommentsCount - pull.allIssueComments.length,
    commits: 1,
    additions: pull.additions,
    deletions: pull.deletions,
    changed_files: pull.changedFiles,
  };
}

function linksOf(pull: PullRequest, restUrl: string): Readonly<Record<string, string>> {
  const repository = `${restUrl}/repos/${pull.repository.nameWithOwner}`;
  const url = `${repository}/pulls/${pull.number}`;
  return {
    url,
    issue_url: `${repository}/issues/${pull.number}`,
    comments_url: `${repository}/issues/${pull.number}/comments`,
    review_comments_url: `${url}/comments`,
    review_comment_url: `${repository}/pulls/comments{/number}`,
    commits_url: `${url}/commits`,
    statuses_url: `${repository}/statuses/${pull.headRefOid}`,
  };
}

function endOf(
  repository: Repository,
  ref: string,
  sha: string,
  restUrl: string,
): Record<string, unknown> {
  return {
    label: `${repository.owner.login}:${ref}`,
    ref,
    sha,
    user: userBody(repository.owner, restUrl),
    repo: repositoryBody(repository, restUrl),
  };
}
