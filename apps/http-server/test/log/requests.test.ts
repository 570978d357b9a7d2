import { MemoryRateLimiter } from "@pr-review/rate-limiter";
import { expect, it } from "vitest";

import { adminToken, type Observed, startObserved } from "./observed.ts";

const prUrl = "https://github.com/acme/widgets/pull/7";
const trace = "4bf92f3577b34da6a3ce929d0e0e4736";

/** The one line about the one request so far; it may be written just after the answer was read. */
async function onlyLine({ lines }: Observed): Promise<object | undefined> {
  await expect.poll(() => lines("request")).toHaveLength(1);
  return lines("request").at(0);
}

it("says in one line who called which tool, how it ended, and in which trace", async () => {
  const server = await startObserved();
  const response = await server.callTool(
    "fetch_pr_review_comments",
    { pr_url: prUrl },
    {
      "x-request-id": "7b0e1c2d-55aa-4b61-9d0e-0123456789ab",
      traceparent: `00-${trace}-00f067aa0ba902b7-01`,
    },
  );
  await response.text();
  expect(response.headers.get("x-request-id")).toBe("7b0e1c2d-55aa-4b61-9d0e-0123456789ab");
  expect(await onlyLine(server)).toEqual({
    level: 30,
    time: expect.any(Number),
    pid: expect.any(Number),
    hostname: expect.any(String),
    msg: "request",
    request_id: "7b0e1c2d-55aa-4b61-9d0e-0123456789ab",
    method: "POST",
    route: "/mcp",
    status: 200,
    duration_ms: expect.any(Number),
    trace_id: trace,
    key_id: server.keyId,
    user: "alice",
    tool: "fetch_pr_review_comments",
    outcome: "ok",
  });
  expect(server.lines("tool call")).toEqual([]);
});

it("sends nothing of the trace to GitHub", async () => {
  const server = await startObserved();
  const headers = { traceparent: `00-${trace}-00f067aa0ba902b7-01`, tracestate: "a=1" };
  await (await server.callTool("whoami", {}, headers)).text();
  expect(server.double.requests.length).toBeGreaterThan(0);
  expect(JSON.stringify(server.double.requests)).not.toContain(trace);
});

it("names the failure of a tool in the line, and gives a fault of GitHub a line with the error", async () => {
  const server = await startObserved();
  server.double.fail({ kind: "status", status: 502, times: Infinity });
  await (await server.callTool("fetch_pr_review_comments", { pr_url: prUrl })).text();
  const line = await onlyLine(server);
  expect(line).toMatchObject({ status: 200, outcome: "github-unavailable" });
  expect(server.lines("tool call")).toMatchObject([
    {
      request_id: expect.any(String),
      key_id: server.keyId,
      outcome: "github-unavailable",
      err: { type: "GitHubError" },
    },
  ]);
});

it("names the admin of a request, and the route instead of what stands in its place", async () => {
  const server = await startObserved();
  const headers = { authorization: `Bearer ${adminToken}` };
  await fetch(`${server.url}/admin/tokens/${server.key}`, { headers });
  const line = await onlyLine(server);
  expect(line).toMatchObject({
    route: "/admin/tokens/:key",
    path: "/admin/tokens/mcp_...",
    admin: "default",
  });
  expect(JSON.stringify(line)).not.toContain(server.key);
});

it.each([
  ["/admin/tokens/Ab3dEf7hIj", "/admin/tokens/Ab3dEf7hIj"],
  ["/admin/tokens/Ab3dEf7hIj/rotate", "/admin/tokens/Ab3dEf7hIj/rotate"],
  // In base64, a slash parts secrets into what may look like ids.
  ["/admin/tokens/x/Ab3dEf7hIj/sLlTZeTbOt/9+a=", "/admin/tokens/x/.../.../..."],
  ["/nowhere/Ab3dEf7hIj", "/nowhere/..."],
])("tells the path %s as %s", async (path, told) => {
  const server = await startObserved();
  await fetch(server.url + path, { method: "POST" });
  expect(await onlyLine(server)).toMatchObject({ path: told });
});

it("names the key of a request that was over its limit", async () => {
  const server = await startObserved({ limiter: new MemoryRateLimiter({ limit: 1 }) });
  await (await server.callTool("whoami", {})).text();
  await (await server.callTool("whoami", {})).text();
  await expect.poll(() => server.lines("request")).toHaveLength(2);
  expect(server.lines("request").at(1)).toMatchObject({
    route: "/mcp",
    status: 429,
    key_id: server.keyId,
  });
});

it.each([
  ["/mcp", "/mcp", 401],
  ["/api/fetch-comments", "/api/fetch-comments", 401],
  ["/api/ghp_of_somebody", "other", 401],
  ["/nowhere/at/all", "other", 404],
])("tells %s that was refused as %s, and of nobody", async (path, route, status) => {
  const server = await startObserved();
  await fetch(server.url + path, { method: "POST" });
  const line = await onlyLine(server);
  expect(line).toMatchObject({ route, status });
  expect(line).not.toHaveProperty("key_id");
  expect(JSON.stringify(line)).not.toContain("somebody");
});

it("tells the id of a request that went wrong as the answer does", async () => {
  const server = await startObserved();
  const response = await fetch(`${server.url}/nowhere`);
  const id = response.headers.get("x-request-id");
  expect(await response.json()).toMatchObject({ request_id: id });
  expect(await onlyLine(server)).toMatchObject({ request_id: id });
});
