import { Octokit } from "@octokit/rest";
import { afterEach } from "vitest";

import { type GitHubDouble, type GitHubDoubleOptions, startGitHubDouble } from "../src/index.ts";

const running = new Set<GitHubDouble>();

afterEach(async () => {
  await Promise.all([...running].map(async (double) => double.close()));
  running.clear();
});

/** A double that ends with its test. */
export async function start(options: GitHubDoubleOptions = {}): Promise<GitHubDouble> {
  const double = await startGitHubDouble(options);
  running.add(double);
  return double;
}

/** GitHub's own client, pointed at the double. */
export function clientOf(double: GitHubDouble, token?: string): Octokit {
  const quiet = (): void => undefined;
  return new Octokit({
    baseUrl: double.restUrl,
    log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
    ...(token === undefined ? {} : { auth: token }),
  });
}

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly data: Record<string, unknown> | null | undefined;
  readonly errors: readonly Record<string, unknown>[];
}

/** A GraphQL request as it goes over the wire, without a client's opinion of the answer. */
export async function ask(
  double: GitHubDouble,
  token: string | undefined,
  query: string,
  variables: Record<string, unknown> = {},
): Promise<Answered> {
  const response = await fetch(double.graphqlUrl, {
    method: "POST",
    headers: {
      "user-agent": "test",
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ query, variables }),
  });
  const body = (await response.json()) as {
    data?: Record<string, unknown> | null;
    errors?: Record<string, unknown>[];
  };
  const { status, headers } = response;
  return { status, headers, data: body.data, errors: body.errors ?? [] };
}

/** The status of a rejected octokit request. */
export async function statusOf(request: Promise<unknown>): Promise<number> {
  try {
    await request;
  } catch (error) {
    return (error as { status: number }).status;
  }
  throw new Error("the request was not refused");
}
