import { expect, it } from "vitest";

import { adminToken, harness, json, prUrl } from "./harness.ts";

it("answers /health and / to anyone, without a key", async () => {
  const { url } = await harness();
  const health = await fetch(`${url}/health`);
  expect(health.status).toBe(200);
  expect(await json(health)).toMatchObject({ status: "healthy", service: "github-pr-review-mcp" });
  const root = await fetch(url);
  expect(await json(root)).toMatchObject({ service: "PR Review MCP", mode: "http" });
});

it("tells an admin at / how much it holds, and nobody who shows another credential", async () => {
  const { url, key, tokens } = await harness();
  await tokens.issue({ githubToken: "ghp_second", githubHost: "github.com" });
  const ask = async (token: string) =>
    fetch(url, { headers: { authorization: `Bearer ${token}` } });
  expect(await json(await ask(adminToken))).toMatchObject({
    service: "PR Review MCP",
    counts: { stored_keys: 2, unreadable_records: 0, active_streams: 0 },
  });
  expect((await ask(key)).status).toBe(403);
  expect(await (await fetch(url)).text()).not.toContain("counts");
});

it("shows its API at /docs with nothing from elsewhere", async () => {
  const { url } = await harness();
  const page = await fetch(`${url}/docs`);
  expect(page.headers.get("content-type")).toContain("text/html");
  expect(page.headers.get("content-security-policy")).toContain("script-src 'self'");
  const html = await page.text();
  const parts = [...html.matchAll(/(?:src|href)="(?<address>[^"]+)"/g)];
  const addresses = parts.map(({ groups }) => new URL(groups?.["address"] ?? "", `${url}/docs`));
  expect(addresses.map(({ pathname }) => pathname)).toEqual([
    "/docs/swagger-ui.css",
    "/docs/swagger-ui-bundle.js",
    "/docs/show.js",
  ]);
  for (const address of addresses) {
    expect(address.origin).toBe(url);
    const part = await fetch(address);
    expect([address.pathname, part.status]).toEqual([address.pathname, 200]);
    expect((await part.text()).length).toBeGreaterThan(50);
  }
  const slash = await fetch(`${url}/docs/`, { redirect: "manual" });
  expect(slash.headers.get("location")).toBe("../docs");
  expect((await fetch(`${url}/docs/package.json`)).status).toBe(404);
});

it("answers comments as JSON unless told otherwise, with the rate headers of the design", async () => {
  const { post } = await harness();
  const response = await post("/api/fetch-comments", { pr_url: prUrl });
  expect(response.status).toBe(200);
  expect(response.headers.get("x-ratelimit-limit")).toBe("70");
  expect(response.headers.get("x-ratelimit-remaining")).toBe("69");
  expect(Number(response.headers.get("x-ratelimit-reset"))).toBeGreaterThan(Date.now() / 1_000);
  const answer = await json(response);
  expect(answer).toMatchObject({
    success: true,
    error: null,
    receipt: { complete: true, threads: { total: 9 } },
  });
  expect(answer).toMatchObject({
    data: expect.arrayContaining([expect.objectContaining({ is_resolved: true })]),
  });
});

it("answers Markdown, or both", async () => {
  const { post } = await harness();
  const markdown = await json(
    await post("/api/fetch-comments", { pr_url: prUrl, output: "markdown" }),
  );
  expect(markdown).toMatchObject({
    data: expect.stringMatching(/^# Pull Request Review Comments/),
  });
  const both = await json(await post("/api/fetch-comments", { pr_url: prUrl, output: "both" }));
  expect(both).toMatchObject({ data: { json: expect.any(Array), markdown: markdown.data } });
});

it.each([
  [{ pr_url: "nonsense" }, 400, "invalid-pr-url"],
  [{ pr_url: "https://evil.tld/a/b/pull/1" }, 403, "host-not-allowed"],
  [{ pr_url: "https://github.com/acme/widgets/pull/99" }, 404, "not-found"],
  [{ pr_url: prUrl, colour: "red" }, 400, "invalid-arguments"],
  [{ pr_url: prUrl, output: "text" }, 400, "invalid-arguments"],
  [{ pr_url: prUrl, per_page: "5" }, 400, "invalid-arguments"],
  [{}, 400, "repository-required"],
  [{ owner: "acme", repo: "widgets", branch: "nope" }, 404, "no-open-pr"],
  [[1], 400, "invalid-arguments"],
  ["{", 400, "invalid-json"],
  ["7", 400, "invalid-arguments"],
])("makes a problem of %j: %i %s", async (body, status, code) => {
  const { post } = await harness();
  const response = await post("/api/fetch-comments", body);
  expect(response.status).toBe(status);
  expect(response.headers.get("content-type")).toBe("application/problem+json; charset=utf-8");
  expect(response.headers.get("x-ratelimit-limit")).toBe("70");
  expect(await json(response)).toMatchObject({
    type: "about:blank",
    title: expect.any(String),
    status,
    detail: expect.stringMatching(/\w/),
    code,
    request_id: response.headers.get("x-request-id"),
  });
});

it.each([
  [{ kind: "status", status: 502 } as const, 502, "github-unavailable"],
  [{ kind: "status", status: 401 } as const, 403, "github-token-refused"],
  [{ kind: "status", status: 403 } as const, 403, "github-forbidden"],
  [{ kind: "html" } as const, 502, "bad-github-response"],
  [
    { kind: "graphql-error", type: "RATE_LIMITED", message: "x" } as const,
    429,
    "github-rate-limited",
  ],
])("never answers 200 when GitHub fails with %j (W5)", async (fault, status, code) => {
  const { post, double } = await harness();
  double.fail(fault);
  const response = await post("/api/fetch-comments", { pr_url: prUrl });
  expect(response.status).toBe(status);
  expect(await json(response)).toMatchObject({ code });
});

it("passes GitHub's wait on in Retry-After", async () => {
  const { post, double } = await harness();
  double.fail({ kind: "status", status: 429, headers: { "retry-after": "7" } });
  const response = await post("/api/fetch-comments", { pr_url: prUrl });
  expect(response.headers.get("retry-after")).toBe("7");
});

it("refuses a body that is not JSON, or larger than 1 MiB", async () => {
  const { post } = await harness();
  const form = await post("/api/fetch-comments", "a=b", { "content-type": "text/plain" });
  expect([form.status, (await json(form)).code]).toEqual([415, "unsupported-media-type"]);
  const large = await post("/api/fetch-comments", { pr_url: "x".repeat(1024 * 1024) });
  expect([large.status, (await json(large)).code]).toEqual([413, "too-large"]);
});

it("answers 404 as a problem for paths it does not know", async () => {
  const { url, post } = await harness();
  for (const response of [
    await fetch(`${url}/register`),
    await fetch(`${url}/.well-known/x`),
    await post("/api/nope", {}),
  ]) {
    expect(response.status).toBe(404);
    expect(await json(response)).toMatchObject({ code: "no-such-route" });
  }
});

it("stops asking GitHub when the caller hangs up", async () => {
  const { url, key, double } = await harness({ github: { latencyMs: 5_000 } });
  const caller = new AbortController();
  const call = fetch(`${url}/api/fetch-comments`, {
    method: "POST",
    signal: caller.signal,
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: JSON.stringify({ pr_url: prUrl }),
  });
  await expect.poll(() => double.requests.length).toBe(2);
  caller.abort();
  await expect(call).rejects.toThrow("aborted");
  await expect.poll(() => double.requests.every(({ aborted }) => aborted)).toBe(true);
});

it("finds the open pull request of a branch, as the tool does", async () => {
  const { post } = await harness();
  const where = { owner: "acme", repo: "widgets", branch: "minor-units" };
  const response = await post("/api/resolve-pr", where);
  expect([response.status, response.headers.get("x-ratelimit-limit")]).toEqual([200, "70"]);
  expect(await json(response)).toEqual({ success: true, data: { url: prUrl }, error: null });
});

it.each([
  [{ owner: "acme", repo: "widgets", branch: "nope" }, 404, "no-open-pr"],
  [{ branch: "minor-units" }, 400, "repository-required"],
  [{ owner: "acme", colour: "red" }, 400, "invalid-arguments"],
  ["{", 400, "invalid-json"],
])("makes a problem of resolving %j: %i %s", async (body, status, code) => {
  const { post } = await harness();
  const response = await post("/api/resolve-pr", body);
  expect([response.status, (await json(response)).code]).toEqual([status, code]);
});

it("answers under a base path as at the root", async () => {
  const { url, post } = await harness({ basePath: "/pr/review" });
  for (const path of ["/health", "/pr/review/health", "/pr/review", "/PR/Review/?q"]) {
    expect((await fetch(url + path)).status).toBe(200);
  }
  for (const path of ["/pr/health", "/pr/reviews/health"]) {
    expect((await fetch(url + path)).status).toBe(404);
  }
  const answer = await post("/pr/review/api/fetch-comments", { pr_url: prUrl });
  expect([answer.status, (await json(answer)).error]).toEqual([200, null]);
});

it("tells clients that look for a sign-in that there is none, in the fields they read", async () => {
  const { url } = await harness();
  const answer = await fetch(`${url}/register`, { method: "POST", body: "{}" });
  expect(answer.status).toBe(404);
  const words = expect.stringContaining("Ask your administrator for a new one");
  expect(await json(answer)).toMatchObject({
    code: "no-sign-in",
    detail: words,
    error: "invalid_request",
    error_description: words,
  });
});
