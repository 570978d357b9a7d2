import { GitHubError } from "../errors.ts";
import type { GitHub } from "./github.ts";
import type { HostTable } from "./hosts.ts";
import type { ConnectOptions, GitHubPool } from "./pool.ts";
import type { RequestReport } from "./request-report.ts";

/** A GitHub token and the one host it may be shown to. */
export interface Credential {
  readonly token: string;
  readonly host: string;
}

/** Connects one caller to GitHub, with that caller's own credentials only. */
export class GitHubAccess {
  readonly hosts: HostTable;
  readonly #credentials: readonly Credential[];
  readonly #pool: GitHubPool;
  #spentPoints = 0;

  constructor(hosts: HostTable, credentials: readonly Credential[], pool: GitHubPool) {
    this.hosts = hosts;
    this.#credentials = credentials;
    this.#pool = pool;
  }

  /** GraphQL points that requests of this caller have cost so far. */
  get spentPoints(): number {
    return this.#spentPoints;
  }

  /**
   * A connection to an allowed host; `maxRetries` can only narrow what the operator allows. Throws
   * `host-not-allowed`, or `missing-token` without a token for it.
   */
  connect(host: string, { maxRetries }: Pick<ConnectOptions, "maxRetries"> = {}): GitHub {
    const server = this.hosts.find(host);
    const credential = this.#credentials.find((each) => each.host === server.host);
    if (credential !== undefined) {
      const onRequest = ({ points = 0 }: RequestReport) => void (this.#spentPoints += points);
      return this.#pool.connect(server, credential.token, { maxRetries, onRequest });
    }
    throw new GitHubError(
      "missing-token",
      `There is no GitHub token for ${server.host}. Locally, set GITHUB_TOKEN (for ${this.hosts.default.host}); on a shared server, ask the administrator for a key for that host.`,
    );
  }
}
