import { randomBytes } from "node:crypto";

import { type GitHubDouble, demoTokens, startGitHubDouble } from "@pr-review/github-double";
import { githubPool, hostTable } from "@pr-review/mcp-tools";
import { keyId } from "@pr-review/token-store";
import express, { type ErrorRequestHandler } from "express";
import { onTestFinished } from "vitest";

import { admitUsers } from "../../src/admit.ts";
import { answerProblems, noSuchRoute } from "../../src/answer-problems.ts";
import type { Backends } from "../../src/backends/backends.ts";
import { openBackends } from "../../src/backends/open.ts";
import { createCallerContext } from "../../src/caller.ts";
import { loadConfig } from "../../src/config.ts";
import { passErrorsTo } from "../../src/express-errors.ts";
import { createLogger } from "../../src/log/logger.ts";
import { Metrics } from "../../src/metrics.ts";
import { cursorKeysOf } from "../../src/secrets/cursor-keys.ts";
import { keyringOf } from "../../src/secrets/settings.ts";
import { serve } from "../../src/serve.ts";
import { SseError, sseProblems } from "../../src/sse/error.ts";
import { createRecheck } from "../../src/sse/recheck.ts";
import { createSse, type Sse, type SseOptions } from "../../src/sse/routes.ts";

export const call = {
  name: "fetch_pr_review_comments",
  arguments: { pr_url: "https://github.com/acme/widgets/pull/7" },
};

const secretKey = randomBytes(32).toString("base64");

/** A server with nothing but the transport pair, behind the admission of the real one. */
export interface SseRig {
  readonly url: string;
  readonly backends: Backends;
  readonly sse: Sse;
  readonly double: GitHubDouble;
  /** Outcomes of the tool calls so far, with the id of the key they were made with. */
  readonly outcomes: readonly { readonly outcome: string; readonly keyId: string }[];
  readonly issue: () => Promise<string>;
  readonly open: (key: string) => Promise<RawStream>;
  readonly post: (path: string, key: string, body: unknown) => Promise<Response>;
}

/** What a rig is made with, beside the defaults. */
export interface SseRigOptions extends Partial<SseOptions> {
  readonly env?: Readonly<Record<string, string>>;
  readonly double?: GitHubDouble;
}

/** Starts a rig that ends with the test. */
export async function sseRig({ env = {}, ...options }: SseRigOptions = {}): Promise<SseRig> {
  const double = options.double ?? (await startGitHubDouble());
  const config = loadConfig({
    NODE_ENV: "production",
    MCP_SECRET_KEY: secretKey,
    MCP_ADMIN_TOKEN: "admin-token-of-the-streams-0123456789",
    GITHUB_API_URL: double.restUrl,
    GITHUB_GRAPHQL_URL: double.graphqlUrl,
    HTTP_MAX_RETRIES: "0",
    RATE_LIMIT_REQUESTS_PER_MINUTE: "10000",
    ...env,
  });
  const log = createLogger("silent");
  const metrics = new Metrics();
  const keyring = keyringOf(config);
  const backends = await openBackends(config, { keyring, log, metrics });
  const hosts = hostTable(config);
  const pool = githubPool(config, "0.0.0");
  const outcomes: { outcome: string; keyId: string }[] = [];
  const sse = createSse({
    contextFor: createCallerContext(config, { hosts, pool, cursorKeys: cursorKeysOf(keyring) }),
    onCall: ({ outcome }, { principal }) => outcomes.push({ outcome, keyId: principal.keyId }),
    recheck: createRecheck(backends),
    ...options,
  });
  const app = express().disable("x-powered-by");
  app.use(["/sse", "/messages"], ...admitUsers({ ...backends, metrics }));
  app.use(sse.routes);
  app.use(noSuchRoute, answerSseProblems, passErrorsTo(answerProblems({ log, metrics })));
  const { server, url } = await serve(app, { host: "127.0.0.1", port: 0 });
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await Promise.all([backends.close(), pool.close(), sse.close(0)]);
    if (options.double === undefined) await double.close();
  });

  const issue = async () => {
    const grant = { githubToken: demoTokens.alice, githubHost: "github.com", userId: "alice" };
    return (await backends.tokens.issue(grant)).key;
  };
  return {
    url,
    backends,
    sse,
    double,
    outcomes,
    issue,
    open: (key) => RawStream.open(url, key),
    post: (path, key, body) =>
      fetch(url + path, {
        method: "POST",
        headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
        body: typeof body === "string" ? body : JSON.stringify(body),
      }),
  };
}

/** Stands for the rows that the table of problems takes over. */
const answerSseProblems: ErrorRequestHandler = (error: unknown, _req, res, next) => {
  if (!(error instanceof SseError)) {
    next(error);
    return;
  }
  res.status(sseProblems[error.code].status).json({ code: error.code, detail: error.message });
};

/** A stream as it is on the wire. */
export class RawStream {
  readonly response: Response;
  /** Where to post. */
  endpoint = "";
  text = "";
  /** Resolves when the server has ended the stream; whether it did so in order. */
  readonly ended: Promise<"ended" | "broken">;
  readonly #over: AbortController;
  #isOver = false;

  private constructor(response: Response, over: AbortController) {
    this.response = response;
    this.#over = over;
    this.ended = this.#read();
  }

  /** Asks for a stream and waits for its first event, its end, or the refusal. */
  static async open(url: string, key: string): Promise<RawStream> {
    const over = new AbortController();
    const headers = { authorization: `Bearer ${key}` };
    const response = await fetch(`${url}/sse`, { headers, signal: over.signal });
    const stream = new RawStream(response, over);
    onTestFinished(() => stream.leave());
    while (response.ok && stream.endpoint === "" && !stream.#isOver) {
      await new Promise((resolve) => setImmediate(resolve));
      stream.endpoint = /^event: endpoint\ndata: (.+)\n\n/.exec(stream.text)?.[1] ?? "";
    }
    return stream;
  }

  /** Goes without a word, as a laptop does that is closed. */
  leave(): void {
    this.#over.abort();
  }

  async #read(): Promise<"ended" | "broken"> {
    const decoder = new TextDecoder();
    try {
      for await (const chunk of this.response.body ?? []) this.text += decoder.decode(chunk);
      return "ended";
    } catch {
      return "broken";
    } finally {
      this.#isOver = true;
    }
  }
}

/** The id of a key, which is what everybody may know of it. */
export function idOf(key: string): string {
  return keyId(key) ?? "";
}
