import { expect, it } from "vitest";

import { adminToken, startObserved } from "../log/observed.ts";
import { type Family, parseExposition } from "./exposition.ts";

const prUrl = "https://github.com/acme/widgets/pull/7";

/** The values of a metric, by its labels. */
function valuesOf(family: Family | undefined): Readonly<Record<string, number>> {
  const values = (family?.samples ?? []).map(({ labels, value }) => [
    Object.values(labels).join(" "),
    value,
  ]);
  return Object.fromEntries(values);
}

it("writes a text that a scraper can read, in which every metric has help, type and our name", async () => {
  const { url, metrics, callTool } = await startObserved();
  metrics.showProcess();
  metrics.show({ activeStreams: () => 3, storedKeys: async () => 10_000 });
  await (await callTool("fetch_pr_review_comments", { pr_url: prUrl })).text();
  const response = await fetch(`${url}/metrics`);
  expect(response.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
  const families = parseExposition(await response.text());
  expect([...families.keys()].filter((name) => !name.startsWith("pr_review_"))).toEqual([]);
  expect([...families.keys()]).toEqual(
    expect.arrayContaining([
      "pr_review_http_requests_total",
      "pr_review_http_request_duration_seconds",
      "pr_review_auth_failures_total",
      "pr_review_rate_limit_decisions_total",
      "pr_review_rate_limit_degraded_total",
      "pr_review_tool_calls_total",
      "pr_review_tool_call_duration_seconds",
      "pr_review_github_requests_total",
      "pr_review_github_requests_withheld_total",
      "pr_review_github_request_duration_seconds",
      "pr_review_github_wait_seconds",
      "pr_review_github_points_total",
      "pr_review_github_points_remaining",
      "pr_review_feed_reads_total",
      "pr_review_active_streams",
      "pr_review_stored_keys",
      "pr_review_nodejs_eventloop_lag_p99_seconds",
      "pr_review_process_resident_memory_bytes",
    ]),
  );
  expect(valuesOf(families.get("pr_review_active_streams"))).toEqual({ "": 3 });
  expect(valuesOf(families.get("pr_review_stored_keys"))).toEqual({ "": 10_000 });
});

it("counts requests, calls, reads and what GitHub was asked, by what became of them", async () => {
  const { url, callTool, double, metrics } = await startObserved();
  const fetchComments = () => callTool("fetch_pr_review_comments", { pr_url: prUrl });
  await (await fetchComments()).text();
  await (await fetchComments()).text();
  const asked = double.requests.length;
  await (await callTool("fetch_pr_review_comments", { pr_url: "nonsense" })).text();
  await (await callTool("no_such_tool", {})).text();
  await fetch(`${url}/mcp`, { method: "POST" });
  await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${adminToken}x` } });

  const read = async () => parseExposition((await metrics.text()).body);
  const requests = async () => valuesOf((await read()).get("pr_review_http_requests_total"));
  await expect
    .poll(requests)
    .toEqual({ "/mcp POST 200": 4, "/mcp POST 401": 1, "/metrics GET 403": 1 });
  const families = await read();
  const counted = (name: string) => valuesOf(families.get(`pr_review_${name}`));
  expect(counted("tool_calls_total")).toEqual({
    "fetch_pr_review_comments ok": 2,
    "fetch_pr_review_comments invalid-pr-url": 1,
  });
  expect(counted("auth_failures_total")).toEqual({
    "missing-credentials": 1,
    "invalid-admin-token": 1,
  });
  expect(counted("feed_reads_total")).toEqual({ github: 1, kept: 1 });
  expect(counted("github_requests_total")).toEqual({ ok: asked });
  expect(counted("github_points_total")).toEqual({ "": asked });
  expect(counted("github_wait_seconds")["+Inf"]).toBe(asked);
  expect(counted("github_points_remaining")["4000"]).toBe(0);
  expect(counted("github_points_remaining")["5000"]).toBe(asked);
});

it("adds up the buckets of every histogram to its count", async () => {
  const { callTool, metrics } = await startObserved();
  await (await callTool("whoami", {})).text();
  await expect.poll(async () => (await metrics.text()).body).toContain('route="/mcp"');
  const families = [...parseExposition((await metrics.text()).body).entries()];
  const histograms = families.filter(([, { type }]) => type === "histogram");
  expect(histograms).toHaveLength(5);
  for (const [name, { samples }] of histograms) {
    const valueOf = (suffix: string) =>
      samples.filter((each) => each.name === name + suffix).map(({ value }) => value);
    const buckets = valueOf("_bucket");
    expect(buckets).toEqual(buckets.toSorted((a, b) => a - b));
    expect(valueOf("_count")).toEqual([buckets.at(-1)]);
  }
});
