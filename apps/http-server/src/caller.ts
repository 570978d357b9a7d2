import type { Principal } from "@pr-review/auth";
import { GitHubAccess, type GitHubPool, type HostTable } from "@pr-review/github-comments";
import {
  sharedContext,
  type SharedContextOptions,
  type ToolContext,
  type ToolSettings,
} from "@pr-review/mcp-tools";

/** What the tools may use on behalf of a caller: that caller's token, and nobody's checkout. */
export type CallerContextFor = (principal: Principal) => ToolContext;

/** What all callers share. */
export interface CallerContextOptions {
  readonly hosts: HostTable;
  readonly pool: GitHubPool;
  /** The first signs cursors, all are accepted, so that any instance can go on where another stopped. */
  readonly cursorKeys: readonly [Uint8Array, ...Uint8Array[]];
  /** Told where each read came from. */
  readonly onRead?: SharedContextOptions["onRead"];
}

/** Prepares what all callers share, so that a request only adds its own credential. */
export function createCallerContext(
  settings: ToolSettings,
  { hosts, pool, cursorKeys, onRead }: CallerContextOptions,
): CallerContextFor {
  const { limits, lockdown, feeds, cursors } = sharedContext(settings, cursorKeys[0], {
    formerSecrets: cursorKeys.slice(1),
    ...(onRead && { onRead }),
  });
  return ({ credential, allowedRepos, scopes }) => ({
    limits,
    lockdown,
    feeds,
    cursors,
    allowedRepos,
    scopes,
    github: new GitHubAccess(hosts, [credential], pool),
  });
}
