import { request } from "node:http";

import { describe, expect, it } from "vitest";

import { demoTokens } from "../src/index.ts";
import { ask, clientOf, start } from "./harness.ts";

const { alice, bob } = demoTokens;

/** The status of a bare HTTP request, whose target goes out as given. */
async function bare(url: string, path: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    request({ hostname, port, path, headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .once("error", reject)
      .end();
  });
}

describe("the double", () => {
  it("refuses a request without a User-Agent, and reports it", async () => {
    const double = await start();
    expect(await bare(double.url, "/meta", {})).toBe(403);
    expect(double.problems).toEqual([expect.stringContaining("User-Agent")]);
  });

  it("takes the absolute targets a proxy is sent", async () => {
    const double = await start();
    const target = "http://api.github.com/repos/acme/widgets";
    expect(await bare(double.url, target, { "user-agent": "test" })).toBe(200);
    expect(double.requests[0]?.path).toBe("/repos/acme/widgets");
  });

  it("keeps Enterprise Server's paths under its prefix", async () => {
    const double = await start({ apiPrefix: "/api/v3" });
    expect(double.restUrl).toBe(`${double.url}/api/v3`);
    expect(double.graphqlUrl).toBe(`${double.url}/api/graphql`);
    const octokit = clientOf(double, alice);
    expect((await octokit.rest.users.getAuthenticated()).data.login).toBe("alice");
    expect(await octokit.graphql("{ viewer { login } }")).toEqual({ viewer: { login: "alice" } });
    expect(await bare(double.url, "/user", { "user-agent": "test" })).toBe(404);
  });

  it("logs each request with its token, operation, variables and times", async () => {
    const double = await start();
    await ask(double, bob, "query Who($x: Boolean = true) { viewer { login @include(if: $x) } }", {
      x: true,
    });
    await expect.poll(() => double.requests[0]?.endedAt).toBeDefined();
    expect(double.requests).toEqual([
      expect.objectContaining({
        method: "POST",
        path: "/graphql",
        authorization: `Bearer ${bob}`,
        operation: "Who",
        variables: { x: true },
        status: 200,
        aborted: false,
      }),
    ]);
  });

  it("counts the requests each token has open at once", async () => {
    const double = await start({ latencyMs: 30 });
    const query = "{ viewer { login } }";
    await Promise.all([
      ...Array.from({ length: 5 }, async () => ask(double, alice, query)),
      ask(double, bob, query),
    ]);
    await ask(double, bob, query);
    expect(Object.fromEntries(double.peakConcurrency)).toEqual({ [alice]: 5, [bob]: 1 });
  });

  it("ends at once, also while requests hang", async () => {
    const double = await start();
    double.fail({ kind: "hang" });
    const hanging = ask(double, alice, "{ viewer { login } }");
    hanging.catch(() => undefined);
    await expect.poll(() => double.requests.length).toBe(1);
    await double.close();
    await expect(hanging).rejects.toThrow("fetch failed");
  });

  it("gives the same answers in every run", async () => {
    const query = `{ repository(owner: "acme", name: "widgets") { pullRequest(number: 7) {
      id headRefOid reviews(first: 20) { nodes { id fullDatabaseId submittedAt } } } } }`;
    const [one, other] = [await start(), await start()];
    const answers = [await ask(one, alice, query), await ask(other, alice, query)];
    expect(answers[0]?.data).toEqual(answers[1]?.data);
  });
});
