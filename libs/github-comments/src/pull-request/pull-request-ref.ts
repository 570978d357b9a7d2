/** One pull request on an allowed host. */
export interface PullRequestRef {
  readonly host: string;
  readonly owner: string;
  readonly repo: string;
  readonly number: number;
}

const ownerPattern = /^[A-Za-z0-9](?:[A-Za-z0-9_-]{0,38})$/;
const repoPattern = /^(?!\.{1,2}$)[A-Za-z0-9._-]{1,100}$/;

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
