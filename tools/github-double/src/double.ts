import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

import { demoSeed } from "./demo-seed.ts";
import { type Backstage, exchange } from "./exchange.ts";
import { type Fault, FaultQueue } from "./faults.ts";
import type { GitHubState } from "./github.ts";
import { Quotas } from "./quotas.ts";
import { type LoggedRequest, RequestLog } from "./request-log.ts";
import { loadContract } from "./rest/contract.ts";
import type { Seed } from "./seed.ts";

/** How to start a double. */
export interface GitHubDoubleOptions {
  /** What GitHub knows; `demoSeed()` if left out. */
  readonly seed?: Seed;
  /** Milliseconds every answer is held back, or a function asked anew each time; 0 if left out. */
  readonly latencyMs?: number | (() => number);
  /** `/api/v3` makes it an Enterprise Server. */
  readonly apiPrefix?: "" | "/api/v3";
  /** Whether REST answers are judged against GitHub's description; true if left out. */
  readonly validateResponses?: boolean;
  /** 0, any free port, if left out. */
  readonly port?: number;
  /** Milliseconds since 1970; the system's clock if left out. */
  readonly now?: () => number;
}

/** A running stand-in for GitHub. */
export interface GitHubDouble {
  /** `http://127.0.0.1:PORT`. */
  readonly url: string;
  /** Base of the REST API, without a trailing slash. */
  readonly restUrl: string;
  readonly graphqlUrl: string;
  /** Every request since the start or the last `reset()`. */
  readonly requests: readonly LoggedRequest[];
  /** Every breach of GitHub's contract, by the client or by the double itself; empty when all is well. */
  readonly problems: readonly string[];
  /**
   * The most requests each token had open at once. Without latency an answer takes no time, and requests
   * seldom overlap: set `latencyMs` to see what a client does.
   */
  readonly peakConcurrency: ReadonlyMap<string, number>;
  /** What the double serves. Live: a change shows in the next answer. */
  readonly seed: Seed;
  /** Queues a fault. */
  fail(fault: Fault): void;
  /** Clears log, problems, faults and limits; the seed stays as it is. */
  reset(): void;
  /** Stops listening and ends every socket at once. */
  close(): Promise<void>;
}

/**
 * Starts a stand-in for GitHub on a port of the loopback interface. Rejects with the system's error
 * when the port cannot be had.
 */
export async function startGitHubDouble({
  seed = demoSeed(),
  latencyMs = 0,
  apiPrefix = "",
  validateResponses = true,
  port = 0,
  now = Date.now,
}: GitHubDoubleOptions = {}): Promise<GitHubDouble> {
  const contract = await loadContract(apiPrefix === "" ? "api.github.com" : "ghes-3.19");
  const server = createServer({ keepAliveTimeout: 60_000 });
  const url = await listen(server, port);
  const paths = { rest: apiPrefix, graphql: apiPrefix === "" ? "/graphql" : "/api/graphql" };
  const log = new RequestLog();
  const faults = new FaultQueue();
  const quotas = new Quotas(now);
  const problems: string[] = [];
  const state: GitHubState = {
    seed,
    quotas,
    contract,
    restUrl: url + apiPrefix,
    webUrl: apiPrefix === "" ? "https://github.com" : url,
    validateResponses,
    now,
    report: (problem) => void problems.push(problem),
  };
  const latency = typeof latencyMs === "function" ? latencyMs : () => latencyMs;
  const backstage: Backstage = { state, paths, log, faults, latency, nextRequestId: counter() };
  server.on("request", (request, response) => {
    // A client that hangs up while sending leaves nobody to answer.
    exchange(backstage, request, response).catch(() => response.destroy());
  });

  return {
    url,
    restUrl: state.restUrl,
    graphqlUrl: url + paths.graphql,
    requests: log.entries,
    problems,
    peakConcurrency: log.peaks,
    seed,
    fail: (fault) => faults.add(fault),
    reset() {
      log.clear();
      faults.clear();
      quotas.reset();
      problems.length = 0;
    },
    close: async () => close(server),
  };
}

async function listen(server: Server, port: number): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  return `http://127.0.0.1:${portOf(server.address())}`;
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return address.port;
}

async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
}

/** Request ids in GitHub's shape. */
function counter(): () => string {
  let count = 0;
  return () => {
    count += 1;
    return `D0B1:${count.toString(16).toUpperCase().padStart(6, "0")}:0:0:0`;
  };
}
