import { GitHubError } from "../errors.ts";

/** A GitHub server, and where its two APIs are. */
export interface GitHubHost {
  /** Lower-case host name, with a port when it is not 443. */
  readonly host: string;
  /** Without a trailing slash. */
  readonly restUrl: string;
  readonly graphqlUrl: string;
}

/** Which GitHub servers may be talked to; all of it comes from the operator, none from a URL. */
export interface HostSettings {
  /** `GH_HOST`; `github.com` unless told otherwise. */
  readonly defaultHost?: string | undefined;
  /** `GITHUB_ALLOWED_HOSTS`: further hosts. */
  readonly allowedHosts?: readonly string[] | undefined;
  /** `GITHUB_API_URL`: REST base of the default host, and of no other. */
  readonly apiUrl?: string | undefined;
  /** `GITHUB_GRAPHQL_URL`: GraphQL address of the default host, and of no other. */
  readonly graphqlUrl?: string | undefined;
}

/** The table of hosts: the only place that decides where a token can go. */
export class HostTable {
  readonly default: GitHubHost;
  readonly #hosts: ReadonlyMap<string, GitHubHost>;

  constructor({
    defaultHost = "github.com",
    allowedHosts = [],
    apiUrl,
    graphqlUrl,
  }: HostSettings = {}) {
    this.default = configured(defaultHost.toLowerCase(), apiUrl, graphqlUrl);
    const others = allowedHosts.map((host) => standard(host.toLowerCase()));
    this.#hosts = new Map([...others, this.default].map((host) => [host.host, host]));
  }

  /** The server of that name; throws `host-not-allowed` for any other, without a look-up. */
  find(host: string): GitHubHost {
    const name = host.toLowerCase();
    const found = this.#hosts.get(name === "www.github.com" ? "github.com" : name);
    if (found !== undefined) return found;
    throw new GitHubError(
      "host-not-allowed",
      `This server does not talk to that host. Allowed: ${this.names.join(", ")}. An operator can add hosts with GITHUB_ALLOWED_HOSTS.`,
    );
  }

  /** The allowed host names. */
  get names(): readonly string[] {
    return [...this.#hosts.keys()];
  }
}

function configured(
  host: string,
  apiUrl: string | undefined,
  graphqlUrl: string | undefined,
): GitHubHost {
  if (apiUrl === undefined) {
    const plain = standard(host);
    return { ...plain, graphqlUrl: graphqlUrl ?? plain.graphqlUrl };
  }
  const restUrl = apiUrl.replace(/\/+$/, "");
  return { host, restUrl, graphqlUrl: graphqlUrl ?? graphqlBeside(restUrl) };
}

/** Where GitHub.com, GitHub Enterprise Cloud with data residency, and Enterprise Server have their APIs. */
function standard(host: string): GitHubHost {
  if (host === "github.com" || host.endsWith(".ghe.com")) {
    const restUrl = `https://api.${host}`;
    return { host, restUrl, graphqlUrl: `${restUrl}/graphql` };
  }
  return { host, restUrl: `https://${host}/api/v3`, graphqlUrl: `https://${host}/api/graphql` };
}

/** Enterprise Server answers GraphQL beside `/api/v3`, not below it. */
function graphqlBeside(restUrl: string): string {
  return `${restUrl.replace(/\/api\/v3$/, "/api")}/graphql`;
}
