import type { HostTable } from "../connection/hosts.ts";
import { GitHubError } from "../errors.ts";
import { isOwner, isRepo, type PullRequestRef } from "./pull-request-ref.ts";

/** The one remark on a pull request that the address of a comment names. */
export interface PullRequestTarget {
  readonly kind: "review-comment" | "review" | "conversation";
  /** GitHub's `fullDatabaseId`: decimal digits of a 64-bit number, without leading zeros. */
  readonly databaseId: string;
}

/** What a text points at: a pull request, and the remark on it when the text names one. */
export interface PullRequestPointer extends PullRequestRef {
  readonly target?: PullRequestTarget;
}

const urlPattern =
  /^https:\/\/([^/?#]+)\/([^/?#]+)\/([^/?#]+)\/pull\/(\d{1,10})(?:[/?#][\x21-\x7e]*)?$/i;
const shorthandPattern = /^(?:([^/?#]+)\/)?([^/?#]+)\/([^/?#]+)#(\d{1,10})$/;
const anchorPattern = /#(discussion_r|r|pullrequestreview-|issuecomment-)0*([1-9]\d{0,18})$/;
const kinds: Readonly<Record<string, PullRequestTarget["kind"]>> = {
  discussion_r: "review-comment",
  // The pages of changed files and of single commits.
  r: "review-comment",
  "pullrequestreview-": "review",
  "issuecomment-": "conversation",
};
const maxNumber = 2 ** 31 - 1;
const maxDatabaseId = 2n ** 63n - 1n;

/**
 * Reads a pull request's URL, the URL of a comment or review on it, `owner/repo#123` (on the default
 * host) or `host/owner/repo#123`. An anchor that can name no remark is passed over. The host must be
 * in the table. Throws `invalid-pr-url`, `host-not-allowed`.
 */
export function parsePullRequest(text: string, hosts: HostTable): PullRequestPointer {
  const shorthand = shorthandPattern.exec(text.trim());
  if (shorthand !== null) {
    const [, host = hosts.default.host, owner, repo, digits] = shorthand;
    return toRef([host, owner, repo, digits], hosts);
  }
  const ref = parsePullRequestUrl(text, hosts);
  const target = targetOf(text.trim());
  return target === undefined ? ref : { ...ref, target };
}

/**
 * Reads the URL of a pull request, with or without anything after its number. The host must be in
 * the table and is never taken from the URL otherwise. Throws `invalid-pr-url`, `host-not-allowed`.
 */
export function parsePullRequestUrl(text: string, hosts: HostTable): PullRequestRef {
  const [, ...parts] = urlPattern.exec(text.trim()) ?? [];
  return toRef(parts, hosts);
}

function toRef(
  [host, owner, repo, digits]: readonly (string | undefined)[],
  hosts: HostTable,
): PullRequestRef {
  const number = Number(digits);
  if (host === undefined || owner === undefined || repo === undefined) throw invalid();
  if (!isOwner(owner) || !isRepo(repo)) throw invalid();
  if (number < 1 || number > maxNumber) throw invalid();
  return { host: hosts.find(host).host, owner, repo, number };
}

function targetOf(url: string): PullRequestTarget | undefined {
  const [, anchor = "", databaseId = "0"] = anchorPattern.exec(url) ?? [];
  const kind = kinds[anchor];
  if (kind === undefined || BigInt(databaseId) > maxDatabaseId) return undefined;
  return { kind, databaseId };
}

function invalid(): GitHubError {
  return new GitHubError(
    "invalid-pr-url",
    "Invalid PR URL format. Expected format: https://{host}/owner/repo/pull/123",
  );
}
