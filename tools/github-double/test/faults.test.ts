import { describe, expect, it } from "vitest";

import { demoTokens, type Failure, type GitHubDouble } from "../src/index.ts";
import { ask, start } from "./harness.ts";

const { alice, bob } = demoTokens;
const QUERY = "query Who { viewer { login } }";

async function post(double: GitHubDouble, init: RequestInit = {}): Promise<Response> {
  return fetch(double.graphqlUrl, {
    method: "POST",
    headers: { authorization: `Bearer ${alice}` },
    body: JSON.stringify({ query: QUERY }),
    redirect: "manual",
    ...init,
  });
}

async function struck(failure: Failure): Promise<[GitHubDouble, Response]> {
  const double = await start();
  double.fail(failure);
  return [double, await post(double)];
}

describe("a fault", () => {
  it("strikes once, unless it says otherwise, and only what it matches", async () => {
    const double = await start();
    double.fail({ kind: "status", status: 502, match: ({ token }) => token === alice });
    double.fail({
      kind: "status",
      status: 503,
      times: 2,
      match: ({ operation }) => operation === "Who",
    });
    const statuses: number[] = [];
    for (const token of [bob, alice, bob, bob]) {
      statuses.push((await ask(double, token, QUERY)).status);
    }
    expect(statuses).toEqual([503, 502, 503, 200]);
    expect(double.requests.map(({ status }) => status)).toEqual(statuses);
  });

  it("strikes REST by operation id", async () => {
    const double = await start();
    double.fail({
      kind: "status",
      status: 500,
      times: Infinity,
      match: ({ operation }) => operation === "pulls/get",
    });
    const get = async (path: string): Promise<number> =>
      (await fetch(`${double.restUrl}/repos/acme/widgets${path}`)).status;
    expect([await get(""), await get("/pulls/7"), await get("/pulls/7")]).toEqual([200, 500, 500]);
  });

  it("is forgotten on reset, like log, problems and limits", async () => {
    const double = await start();
    await post(double);
    double.fail({ kind: "status", status: 502, times: Infinity });
    await post(double);
    double.reset();
    expect(double.requests).toEqual([]);
    const answer = await post(double);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("x-ratelimit-used")).toBe("1");
  });
});

describe("kind", () => {
  it("status answers with the headers and body given", async () => {
    const [, response] = await struck({
      kind: "status",
      status: 403,
      headers: { "retry-after": "7" },
      body: { message: "You have exceeded a secondary rate limit." },
    });
    expect([response.status, response.headers.get("retry-after")]).toEqual([403, "7"]);
    expect(await response.json()).toEqual({ message: "You have exceeded a secondary rate limit." });
  });

  it("graphql-error takes the data away, or keeps it", async () => {
    const double = await start();
    const failure = { kind: "graphql-error", type: "RATE_LIMITED", message: "Slow down" } as const;
    double.fail({ ...failure, headers: { "x-ratelimit-remaining": "0" } });
    double.fail({ ...failure, keepData: true, path: ["viewer"] });
    const lost = await ask(double, alice, QUERY);
    expect(lost.data).toBeNull();
    expect(lost.headers.get("x-ratelimit-remaining")).toBe("0");
    const kept = await ask(double, alice, QUERY);
    expect(kept.data).toEqual({ viewer: { login: "alice" } });
    expect(kept.errors).toEqual([{ type: "RATE_LIMITED", path: ["viewer"], message: "Slow down" }]);
  });

  it("hang never answers, and the log tells who gave up", async () => {
    const double = await start();
    double.fail({ kind: "hang" });
    await expect(post(double, { signal: AbortSignal.timeout(50) })).rejects.toThrow("aborted");
    await expect.poll(() => double.requests[0]?.aborted).toBe(true);
    expect(double.requests[0]?.status).toBe(0);
  });

  it("hang-body stops in the middle of the body", async () => {
    const double = await start();
    double.fail({ kind: "hang-body" });
    const response = await post(double, { signal: AbortSignal.timeout(100) });
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow("aborted");
  });

  it("truncate promises more than it sends", async () => {
    const [double, response] = await struck({ kind: "truncate" });
    expect(Number(response.headers.get("content-length"))).toBeGreaterThan(0);
    await expect(response.text()).rejects.toThrow("terminated");
    await expect.poll(() => double.requests[0]?.endedAt).toBeDefined();
    expect(double.requests[0]?.aborted).toBe(false);
  });

  it("reset closes the socket without a word", async () => {
    const double = await start();
    double.fail({ kind: "reset" });
    await expect(post(double)).rejects.toThrow("fetch failed");
    expect((await post(double)).status).toBe(200);
  });

  it("html, not-json and wrong-content-type answer 200 and are no use", async () => {
    const [, html] = await struck({ kind: "html" });
    expect(html.headers.get("content-type")).toContain("text/html");
    const [, garbage] = await struck({ kind: "not-json" });
    expect(garbage.headers.get("content-type")).toContain("application/json");
    await expect(garbage.json()).rejects.toThrow(SyntaxError);
    const [, plain] = await struck({ kind: "wrong-content-type" });
    expect(plain.headers.get("content-type")).toContain("text/plain");
    expect(await plain.json()).toEqual({ data: { viewer: { login: "alice" } } });
  });

  it("huge sends as much as it says", async () => {
    const [, response] = await struck({ kind: "huge", bytes: 2_000_000 });
    expect((await response.text()).length).toBeGreaterThan(2_000_000);
  });

  it("redirect and link point elsewhere", async () => {
    const [, moved] = await struck({ kind: "redirect", status: 307, location: "http://a.test/" });
    expect([moved.status, moved.headers.get("location")]).toEqual([307, "http://a.test/"]);
    const [, linked] = await struck({ kind: "link", next: "http://a.test/?page=2" });
    expect(linked.headers.get("link")).toBe('<http://a.test/?page=2>; rel="next"');
  });

  it("latency answers all the same, after those that came later", async () => {
    const double = await start();
    double.fail({ kind: "latency", ms: 200 });
    const order: string[] = [];
    const late = post(double).then(() => order.push("late"));
    await expect.poll(() => double.requests.length).toBe(1);
    await post(double).then(() => order.push("prompt"));
    await late;
    expect(order).toEqual(["prompt", "late"]);
    expect(double.requests.map(({ status }) => status)).toEqual([200, 200]);
  });

  it("hang carries a mutation out, graphql-error without data does not", async () => {
    const double = await start();
    const thread = double.seed.repositories[0]?.pullRequests[1]?.threads[0];
    const query = `mutation { resolveReviewThread(input: { threadId: "PRRT_widgets_7_1" }) { clientMutationId } }`;
    double.fail({ kind: "graphql-error", type: "INTERNAL", message: "Something went wrong" });
    await ask(double, alice, query);
    expect(thread?.isResolved).toBeUndefined();
    double.fail({ kind: "reset" });
    await expect(ask(double, alice, query)).rejects.toThrow("fetch failed");
    expect(thread?.isResolved).toBe(true);
  });
});
