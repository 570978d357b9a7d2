import type { Failure } from "@pr-review/github-double";
import { expect, it } from "vitest";

import { GitHubError, readFeed } from "../src/index.ts";
import { acme, connect, everything, pullRequest, read, startDouble } from "./acme.ts";

const soon = String(Math.ceil(Date.now() / 1_000) + 3_000);
const status = (code: number, headers: Record<string, string> = {}, message = "x"): Failure => ({
  kind: "status",
  status: code,
  headers,
  body: { message },
});

const table: readonly (readonly [string, Failure, string])[] = [
  ["a refused token", status(401), "github-token-refused"],
  [
    "a missing permission",
    status(403, { "x-ratelimit-remaining": "4999", "x-ratelimit-reset": soon }),
    "github-forbidden",
  ],
  [
    "a used-up primary limit",
    status(403, { "x-ratelimit-remaining": "0", "x-ratelimit-reset": soon }),
    "github-rate-limited",
  ],
  [
    "a secondary limit",
    status(403, { "x-ratelimit-remaining": "12" }, "You have exceeded a secondary rate limit."),
    "github-rate-limited",
  ],
  ["too many requests", status(429, { "retry-after": "7" }), "github-rate-limited"],
  ["a path that is not there", status(404), "not-found"],
  ["a server error", status(500), "github-unavailable"],
  ["a bad gateway", status(502), "github-unavailable"],
  ["an unknown status", status(418), "bad-github-response"],
  ["a cut connection", { kind: "reset" }, "github-unavailable"],
  ["half an answer", { kind: "truncate" }, "github-unavailable"],
  ["a page for people", { kind: "html" }, "bad-github-response"],
  ["JSON that is none", { kind: "not-json" }, "bad-github-response"],
  ["JSON under a wrong name", { kind: "wrong-content-type" }, "bad-github-response"],
  [
    "a limit told in a 200",
    { kind: "graphql-error", type: "RATE_LIMITED", message: "API rate limit exceeded" },
    "github-rate-limited",
  ],
  [
    "a limit under its other name",
    { kind: "graphql-error", type: "RATE_LIMIT", message: "API rate limit exceeded" },
    "github-rate-limited",
  ],
  [
    "a repository out of sight",
    {
      kind: "graphql-error",
      type: "NOT_FOUND",
      message: "Could not resolve",
      path: ["repository"],
    },
    "not-found",
  ],
  [
    "a forbidden repository",
    {
      kind: "graphql-error",
      type: "FORBIDDEN",
      message: "Resource not accessible",
      path: ["repository"],
    },
    "github-forbidden",
  ],
  [
    "a missing single sign-on",
    {
      kind: "graphql-error",
      type: "FORBIDDEN",
      message: "SAML",
      path: ["repository"],
      extensions: { saml_failure: true },
    },
    "github-forbidden",
  ],
  [
    "a query GitHub cannot run",
    { kind: "graphql-error", type: "MAX_NODE_LIMIT_EXCEEDED", message: "nodes" },
    "bad-github-response",
  ],
];

it.each(table)(
  "tells %s apart, and never calls it an empty review (W5, W10)",
  async (_, fault, code) => {
    const { double, github } = await acme({ threads: 1 });
    double.fail({ ...fault, times: Infinity });
    const error: unknown = await read(github).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(GitHubError);
    expect(error).toMatchObject({ code });
    expect(String(error)).not.toMatch(/ghp_|secondary|SAML|Could not|http/);
  },
);

it("does not mistake a plain 403 for a rate limit, nor wait for one (W6)", async () => {
  const { double, github } = await acme({ threads: 1 }, { maxRetries: 3 });
  double.fail({ ...status(403, { "x-ratelimit-reset": soon }), times: Infinity });
  await expect(read(github)).rejects.toMatchObject({
    code: "github-forbidden",
    retryAfter: undefined,
  });
  expect(double.requests).toHaveLength(1);
});

it.each([
  [{ "retry-after": "7" }, 7],
  [
    { "retry-after": "Fri, 01 Jan 2100 00:00:00 GMT" },
    expect.closeTo((Date.UTC(2100, 0) - Date.now()) / 1_000, -2),
  ],
  [{ "x-ratelimit-remaining": "0", "x-ratelimit-reset": soon }, expect.closeTo(3_000, -2)],
  [{}, 60],
])(
  "says how long to wait after %j, and sends nothing meanwhile (W10)",
  async (headers, seconds) => {
    const { double, github } = await acme({ threads: 1 }, { maxRetries: 3 });
    double.fail(status(429, { "x-ratelimit-remaining": "9", ...headers }));
    await expect(read(github)).rejects.toMatchObject({
      code: "github-rate-limited",
      retryAfter: seconds,
    });
    expect(double.requests).toHaveLength(1);
  },
);

it("says not-found for a pull request that is not there and a repository out of sight", async () => {
  const { github } = await acme({ threads: 1 });
  for (const other of [
    { ...pullRequest, number: 8 },
    { ...pullRequest, repo: "nothing" },
  ]) {
    await expect(readFeed(github, other, everything)).rejects.toMatchObject({ code: "not-found" });
  }
});

it("says token refused for a token GitHub does not know", async () => {
  const github = await startDouble({});
  const stranger = connect(github, {}, "ghp_wrong");
  await expect(read(stranger)).rejects.toMatchObject({
    code: "github-token-refused",
  });
});

it("gives up on a GitHub that hangs, when its time is over", async () => {
  for (const kind of ["hang", "hang-body"] as const) {
    const { double: github } = await acme({ threads: 1 });
    github.fail({ kind });
    const impatient = connect(github, { timeoutMs: 100 });
    await expect(read(impatient)).rejects.toMatchObject({
      code: "github-timeout",
    });
  }
});

it("says unavailable when nothing listens at all", async () => {
  const { double: github } = await acme({ threads: 1 });
  const connection = connect(github);
  await github.close();
  await expect(read(connection)).rejects.toMatchObject({
    code: "github-unavailable",
  });
});

it("tries again when GitHub stumbles, and then returns everything", async () => {
  const { double, github } = await acme({ threads: 30, commentsPerThread: 1 }, { maxRetries: 3 });
  double.fail({ ...status(502), times: 2 });
  double.fail({ kind: "reset" });
  const found = await read(github, { bothEnds: false });
  expect(found).toMatchObject({ gaps: [], totalThreads: 30 });
  expect(double.requests).toHaveLength(5);
});

it("gives up after the retries it has", async () => {
  const { double, github } = await acme({ threads: 1 }, { maxRetries: 2 });
  double.fail({ ...status(503), times: Infinity });
  await expect(read(github, { bothEnds: false })).rejects.toMatchObject({
    code: "github-unavailable",
  });
  expect(double.requests).toHaveLength(3);
});

it("refuses an answer of more than 16 MiB", async () => {
  const { double, github } = await acme({ threads: 1 });
  double.fail({ kind: "huge", bytes: 17 * 1024 * 1024 });
  await expect(read(github)).rejects.toMatchObject({
    code: "bad-github-response",
  });
});
