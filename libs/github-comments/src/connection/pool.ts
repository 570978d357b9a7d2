import { hash } from "node:crypto";

import { LRUCache } from "lru-cache";

import { CredentialGate } from "./credential-gate.ts";
import { type Fetch, guardOrigin, openFetch } from "./fetch.ts";
import { connectGitHub, type GitHub } from "./github.ts";
import type { GitHubHost } from "./hosts.ts";
import type { RequestReport } from "./request-report.ts";

/** How to reach GitHub; every time is in milliseconds. */
export interface GitHubSettings {
  readonly userAgent?: string | undefined;
  /** For one request, retries not included; 30 s unless told otherwise. */
  readonly timeoutMs?: number | undefined;
  /** To open a connection; 10 s unless told otherwise. */
  readonly connectTimeoutMs?: number | undefined;
  readonly maxRetries?: number | undefined;
  readonly fetch?: Fetch | undefined;
  /** Told of every try, for metrics; must not throw. */
  readonly onRequest?: ((report: RequestReport) => void) | undefined;
}

/** What one connection is told beside whom it speaks for. */
export interface ConnectOptions {
  /** Can only narrow the setting. */
  readonly maxRetries?: number | undefined;
  /** Told of every try of this connection, after the pool's own; must not throw. */
  readonly onRequest?: GitHubSettings["onRequest"];
}

const mostCredentials = 10_000;

/** What all callers of a process share of GitHub: open connections, and one gate per credential. */
export class GitHubPool {
  readonly #gates = new LRUCache<string, CredentialGate>({ max: mostCredentials });
  readonly #settings: GitHubSettings;
  readonly #fetch: Fetch;
  readonly #closeFetch: () => Promise<void>;

  constructor(settings: GitHubSettings = {}) {
    const { timeoutMs = 30_000, connectTimeoutMs = 10_000 } = settings;
    const { fetch, close } = openFetch({ timeoutMs, connectTimeoutMs });
    this.#settings = settings;
    this.#fetch = settings.fetch ?? fetch;
    this.#closeFetch = close;
  }

  /** A connection to a server with one token. */
  connect(
    server: GitHubHost,
    token: string,
    { maxRetries = Infinity, onRequest }: ConnectOptions = {},
  ): GitHub {
    const identity = hash("sha256", `${server.host} ${token}`, "base64url");
    const { userAgent = "pr-review-mcp", timeoutMs = 30_000 } = this.#settings;
    return connectGitHub({
      server,
      token,
      identity,
      gate: this.#gateOf(identity),
      fetch: this.#fetch,
      userAgent,
      timeoutMs,
      maxRetries: Math.min(maxRetries, this.#settings.maxRetries ?? 3),
      onRequest: (report) => {
        this.#settings.onRequest?.(report);
        onRequest?.(report);
      },
    });
  }

  /**
   * How long a server takes to answer anything at all, in ms, asked without a token; `undefined` when it
   * does not answer within `timeoutMs`.
   */
  async reach(server: GitHubHost, { timeoutMs = 5_000 } = {}): Promise<number | undefined> {
    const asked = performance.now();
    const signal = AbortSignal.timeout(timeoutMs);
    try {
      const answer = await guardOrigin(server, this.#fetch)(server.restUrl, { signal });
      await answer.body?.cancel();
      return performance.now() - asked;
    } catch {
      return undefined;
    }
  }

  /** Ends every connection, busy ones too. */
  async close(): Promise<void> {
    await this.#closeFetch();
  }

  #gateOf(identity: string): CredentialGate {
    const known = this.#gates.get(identity);
    if (known !== undefined) return known;
    const gate = new CredentialGate();
    this.#gates.set(identity, gate);
    return gate;
  }
}
