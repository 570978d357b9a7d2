import { setTimeout as wait } from "node:timers/promises";

import { demoSeed, demoTokens, startGitHubDouble } from "@pr-review/github-double";
import { startRedis } from "@pr-review/redis-rig";

import { type Instance, startInstance } from "../../../apps/http-server/test/instance.ts";
import { type Family, parseExposition } from "../../../apps/http-server/test/metrics/exposition.ts";
import { issueKey } from "../../../apps/http-server/test/outage-load.ts";

/** What `/metrics` of one server said, by the names of the metrics. */
export type Exposition = ReadonlyMap<string, Family>;

/** What a server told while its Redis was there, and when it was gone. */
export interface Observed {
  readonly healthy: Exposition;
  readonly degraded: Exposition;
}

/** Has a real server do everything that it counts, and reads what it counted. */
export async function observeMetrics(): Promise<Observed> {
  const redis = await startRedis();
  const double = await startGitHubDouble({ seed: demoSeed() });
  const server = await startInstance(double, {
    REDIS_URL: redis.url,
    RATE_LIMIT_REQUESTS_PER_MINUTE: "8",
    RATE_LIMIT_BURST: "0",
    PR_FETCH_CACHE_SECONDS: "0",
  });
  try {
    server.metrics.showProcess();
    // The lifecycle looks 15 seconds after the start; its counts are shown as they are.
    server.metrics.keys.counted({ expiring: 0, expired: 0, disabled: 0 });
    const { key = "" } = await issueKey(server, demoTokens.alice);
    const { key: another = "" } = await issueKey(server, demoTokens.alice);
    await callEverything(server, key);
    await (await server.fetchComments(another)).text();
    double.fail({ kind: "status", status: 429, headers: { "retry-after": "3600" } });
    // The first learns of GitHub's limit, the second is not sent any more, the others are too many.
    for (let i = 0; i < 6; i += 1) await (await server.fetchComments(key)).text();
    const healthy = await scrape(server);
    await redis.kill();
    // A key that is denied already stays so without being looked up.
    await (await server.fetchComments(another)).text();
    return { healthy, degraded: await scrape(server) };
  } finally {
    await server.close();
    await Promise.all([double.close(), redis.stop()]);
  }
}

/** Every route that users call, once, and callers who are refused. */
async function callEverything({ url, fetchComments }: Instance, key: string): Promise<void> {
  const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
  const post = async (path: string) =>
    (await fetch(url + path, { method: "POST", headers, body: "{}" })).text();
  await (await fetchComments(key)).text();
  await (await fetchComments("mcp_wrong")).text();
  await Promise.all(["/mcp", "/messages", "/api/resolve-pr"].map(post));
  await (await fetch(`${url}/admin/status`, { headers })).text();
  await (await fetch(`${url}/health`)).text();
  await (await fetch(`${url}/ready`)).text();
  const left = new AbortController();
  await fetch(`${url}/sse`, { headers, signal: left.signal });
  left.abort();
}

/** As Prometheus reads it; what is counted at the end of an answer needs a moment. */
async function scrape({ url }: Instance): Promise<Exposition> {
  await wait(200);
  const response = await fetch(`${url}/metrics`);
  return parseExposition(await response.text());
}
