import { GitHubError } from "./errors.ts";
import type { HostTable } from "./hosts.ts";

/** One pull request on an allowed host. */
export interface PullRequestRef {
  readonly host: string;
  readonly owner: string;
  readonly repo: string;
  readonly number: number;
}

const ownerPattern = /^[A-Za-z0-9](?:[A-Za-z0-9_-]{0,38})$/;
const repoPattern = /^(?!\.{1,2}$)[A-Za-z0-9._-]{1,100}$/;
const urlPattern =
  /^https:\/\/([^/?#]+)\/([^/?#]+)\/([^/?#]+)\/pull\/(\d{1,10})(?:[/?#][\x21-\x7e]*)?$/i;
const maxNumber = 2 ** 31 - 1;

/**
 * Reads the URL of a pull request, with or without anything after its number. The host must be in
 * the table and is never taken from the URL otherwise. Throws `invalid-pr-url`, `host-not-allowed`.
 */
export function parsePullRequestUrl(text: string, hosts: HostTable): PullRequestRef {
  const [, host, owner, repo, digits] = urlPattern.exec(text.trim()) ?? [];
  const number = Number(digits);
  if (host === undefined || owner === undefined || repo === undefined || number < 1)
    throw invalid();
  if (!isOwner(owner) || !isRepo(repo) || number > maxNumber) throw invalid();
  return { host: hosts.find(host).host, owner, repo, number };
}

/** Whether GitHub could have an account of that name. */
export function isOwner(text: string): boolean {
  return ownerPattern.test(text);
}

/** Whether GitHub could have a repository of that name. */
export function isRepo(text: string): boolean {
  return repoPattern.test(text);
}

/** The address a person opens in a browser. */
export function pullRequestUrl({ host, owner, repo, number }: PullRequestRef): string {
  return `https://${host}/${owner}/${repo}/pull/${number}`;
}

function invalid(): GitHubError {
  return new GitHubError(
    "invalid-pr-url",
    "Invalid PR URL format. Expected format: https://{host}/owner/repo/pull/123",
  );
}
