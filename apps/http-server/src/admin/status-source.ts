import type { GitHubPool, HostTable } from "@pr-review/github-comments";

import type { Backends, StorageStatus } from "../backends/backends.ts";
import type { Config } from "../config.ts";
import { version } from "../version.ts";

/** How a GitHub server answers. */
export interface GitHubReach {
  readonly host: string;
  /** ms; `undefined` when it does not answer. */
  readonly latencyMs: number | undefined;
}

/** Tells of the parts that only the assembly of the server knows. */
export interface StatusSource {
  storage(): Promise<StorageStatus>;
  /** Asks every allowed GitHub server whether it answers. */
  reachGitHub(): Promise<readonly GitHubReach[]>;
  /** Settings worth knowing from afar: limits, algorithm. */
  readonly limits: object;
  readonly startedAt: number;
  readonly version: string;
  readonly activeStreams: () => number;
}

/** What a status is read from. */
export interface StatusParts {
  readonly backends: Pick<Backends, "storage">;
  readonly hosts: HostTable;
  readonly pool: GitHubPool;
  readonly activeStreams: () => number;
}

/** The status of a server that starts now. */
export function createStatus(
  config: Config,
  { backends, hosts, pool, activeStreams }: StatusParts,
): StatusSource {
  return {
    version,
    startedAt: Date.now(),
    activeStreams,
    storage: backends.storage,
    limits: {
      enabled: config.RATE_LIMIT_ENABLED,
      requests_per_minute: config.RATE_LIMIT_REQUESTS_PER_MINUTE,
      burst: config.RATE_LIMIT_BURST,
      algorithm: config.RATE_LIMIT_ALGORITHM,
    },
    reachGitHub: async () =>
      Promise.all(
        hosts.names.map(async (host) => ({ host, latencyMs: await pool.reach(hosts.find(host)) })),
      ),
  };
}
