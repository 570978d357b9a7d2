import type { GitHubPool, HostTable } from "@pr-review/github-comments";

import type { Backends } from "../backends/backends.ts";
import type { Config } from "../config.ts";
import { version } from "../version.ts";
import type { StatusSource } from "./status.ts";

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
