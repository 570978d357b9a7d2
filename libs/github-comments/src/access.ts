import { GitHubError } from "./errors.ts";
import { connectGitHub, type GitHub, type GitHubSettings } from "./github.ts";
import type { HostTable } from "./hosts.ts";

/** A GitHub token and the one host it may be shown to. */
export interface Credential {
  readonly token: string;
  readonly host: string;
}

/** Connects one caller to GitHub, with that caller's own credentials only. */
export class GitHubAccess {
  readonly hosts: HostTable;
  readonly #credentials: readonly Credential[];
  readonly #settings: GitHubSettings;

  constructor(hosts: HostTable, credentials: readonly Credential[], settings: GitHubSettings = {}) {
    this.hosts = hosts;
    this.#credentials = credentials;
    this.#settings = settings;
  }

  /**
   * A connection to an allowed host; `settings` can only narrow what the operator allows. Throws
   * `host-not-allowed`, or `missing-token` without one for it.
   */
  connect(host: string, settings: Pick<GitHubSettings, "maxRetries"> = {}): GitHub {
    const server = this.hosts.find(host);
    const credential = this.#credentials.find((each) => each.host === server.host);
    if (credential !== undefined) {
      const maxRetries = Math.min(settings.maxRetries ?? Infinity, this.#settings.maxRetries ?? 3);
      return connectGitHub(server, credential.token, { ...this.#settings, maxRetries });
    }
    throw new GitHubError(
      "missing-token",
      `There is no GitHub token for ${server.host}. Locally, set GITHUB_TOKEN (for ${this.hosts.default.host}); on a shared server, ask the administrator for a key for that host.`,
    );
  }
}
