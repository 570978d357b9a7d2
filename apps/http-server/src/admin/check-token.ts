import { GitHubAccess, type GitHubPool, type HostTable, whoami } from "@pr-review/github-comments";

/** What GitHub says of a token. */
export interface CheckedToken {
  readonly login: string;
  /** Of classic tokens only. */
  readonly scopes: readonly string[] | undefined;
  /** In ms since the epoch. */
  readonly expiresAt: number | undefined;
  /** What its owner should change about it, each in a sentence. */
  readonly warnings: readonly string[];
}

/** Asks a host whose token this is; rejects with `GitHubError`, `github-token-refused` for one it refuses. */
export type CheckToken = (token: string, host: string) => Promise<CheckedToken>;

/** A check that goes the way that reads go, so that a token is only shown to an allowed host. */
export function createTokenCheck(hosts: HostTable, pool: GitHubPool): CheckToken {
  return async (token, host) => {
    const github = new GitHubAccess(hosts, [{ token, host }], pool).connect(host);
    const { login, scopes, expiresAt, warnings } = await whoami(github);
    return {
      login,
      scopes,
      expiresAt: expiresAt === undefined ? undefined : Date.parse(expiresAt),
      warnings,
    };
  };
}
