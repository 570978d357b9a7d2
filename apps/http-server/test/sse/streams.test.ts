import { once } from "node:events";
import { request } from "node:http";

import { startGitHubDouble } from "@pr-review/github-double";
import { expect, it, onTestFinished } from "vitest";

import { noRelay, type SseRelay } from "../../src/sse/relay.ts";
import { call, idOf, sseRig } from "./rig.ts";

const toolCall = (id: unknown) => ({ jsonrpc: "2.0", id, method: "tools/call", params: call });
const ping = (id: unknown) => ({ jsonrpc: "2.0", id, method: "ping" });

it("opens a stream that no proxy keeps or holds back, and names where to post", async () => {
  const rig = await sseRig();
  const { response, endpoint } = await rig.open(await rig.issue());
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toBe("text/event-stream");
  expect(response.headers.get("cache-control")).toBe("no-store, no-transform");
  expect(response.headers.get("x-accel-buffering")).toBe("no");
  expect(endpoint).toMatch(/^\/messages\?sessionId=[\da-f-]{36}$/);
});

it("opens no stream without a key, and none for HEAD", async () => {
  const rig = await sseRig();
  expect((await rig.open("mcp_wrong")).response.status).toBe(401);
  const headers = { authorization: `Bearer ${await rig.issue()}` };
  const head = await fetch(`${rig.url}/sse`, { method: "HEAD", headers });
  expect([head.status, head.headers.get("allow")]).toEqual([405, "GET"]);
  expect(rig.sse.activeStreams()).toBe(0);
});

it("writes keep-alive comments, and answers by the same stream", async () => {
  const rig = await sseRig({ keepAliveMs: 20 });
  const key = await rig.issue();
  const stream = await rig.open(key);
  await expect.poll(() => stream.text.split(": keep-alive\n\n").length).toBeGreaterThan(3);
  const posted = await rig.post(stream.endpoint, key, ping("p1"));
  expect([posted.status, await posted.text()]).toEqual([202, "Accepted"]);
  await expect.poll(() => stream.text).toContain('"id":"p1"');
});

it("answers a foreign key as it answers an unknown session", async () => {
  const rig = await sseRig();
  const [owner, other] = [await rig.issue(), await rig.issue()];
  const { endpoint } = await rig.open(owner);
  const foreign = await rig.post(endpoint, other, ping(1));
  const unknown = await rig.post(`/messages?sessionId=${crypto.randomUUID()}`, owner, ping(1));
  const shapeless = await rig.post("/messages?sessionId=*", owner, ping(1));
  const missing = await rig.post("/messages", owner, ping(1));
  const answers = await Promise.all(
    [foreign, unknown, shapeless, missing].map(async (each) => [each.status, await each.text()]),
  );
  expect(answers[0]?.[0]).toBe(404);
  expect(new Set(answers.map((each) => each.join(" "))).size).toBe(1);
  expect(rig.outcomes).toEqual([]);
});

it("lets a key open so many streams, and one more when one is closed", async () => {
  const rig = await sseRig({ maxPerKey: 2 });
  const [key, other] = [await rig.issue(), await rig.issue()];
  const streams = await Promise.all([1, 2, 3, 4].map(() => rig.open(key)));
  const statuses = streams.map(({ response }) => response.status).toSorted((a, b) => a - b);
  expect(statuses).toEqual([200, 200, 429, 429]);
  const refused = streams.find(({ response }) => response.status === 429);
  await refused?.ended;
  expect(refused?.text).toContain("too-many-streams");
  expect((await rig.open(other)).response.status).toBe(200);

  streams.find(({ response }) => response.ok)?.leave();
  await expect.poll(() => rig.sse.activeStreams()).toBe(2);
  expect((await rig.open(key)).response.status).toBe(200);
});

it("holds so many streams in all", async () => {
  const rig = await sseRig({ maxStreams: 3 });
  const keys = await Promise.all([1, 2, 3, 4, 5].map(() => rig.issue()));
  const streams = await Promise.all(keys.map((key) => rig.open(key)));
  const statuses = streams.map(({ response }) => response.status).toSorted((a, b) => a - b);
  expect(statuses).toEqual([200, 200, 200, 503, 503]);
  expect(rig.sse.activeStreams()).toBe(3);
});

it("closes the stream of a client that does not read", async () => {
  const rig = await sseRig();
  const key = await rig.issue();
  const headers = { authorization: `Bearer ${key}` };
  const stuck = request(`${rig.url}/sse`, { headers });
  stuck.on("error", () => undefined).end();
  onTestFinished(() => void stuck.destroy());
  const [response] = (await once(stuck, "response")) as [NodeJS.ReadableStream];
  const [first] = (await once(response, "data")) as [Buffer];
  response.pause();
  const endpoint = /data: (.+)\n/.exec(String(first))?.[1] ?? "";

  const statuses = new Set<number>();
  for (let posts = 0; posts < 60 && !statuses.has(404); posts += 1) {
    statuses.add((await rig.post(endpoint, key, ping("x".repeat(900_000)))).status);
  }
  expect([...statuses]).toEqual([202, 404]);
  expect(rig.sse.activeStreams()).toBe(0);
});

it("does not hold one large answer against a client that reads", async () => {
  const rig = await sseRig({ maxQueuedBytes: 1_000 });
  const key = await rig.issue();
  const stream = await rig.open(key);
  await rig.post(stream.endpoint, key, ping("x".repeat(900_000)));
  await expect.poll(() => stream.text.length).toBeGreaterThan(900_000);
  await rig.post(stream.endpoint, key, ping("next"));
  await expect.poll(() => stream.text).toContain('"id":"next"');
});

it("ends the streams of a revoked key, and no other", async () => {
  const rig = await sseRig({ keepAliveMs: 20 });
  const [key, other] = [await rig.issue(), await rig.issue()];
  const [revoked, kept] = [await rig.open(key), await rig.open(other)];
  await rig.backends.tokens.revoke(idOf(key));
  expect(await revoked.ended).toBe("ended");
  expect(revoked.text).toContain(": this API key is no longer valid\n\n");
  await expect.poll(() => rig.sse.activeStreams()).toBe(1);
  const before = kept.text.length;
  await expect.poll(() => kept.text.length).toBeGreaterThan(before + 40);
});

it.each([
  ["disabled", { disabled: true }],
  ["expired", { expiresAt: 1 }],
  ["without the scope", { scopes: [] }],
])("ends the streams of a key that is %s", async (_, change) => {
  const rig = await sseRig({ keepAliveMs: 20 });
  const key = await rig.issue();
  const stream = await rig.open(key);
  await rig.backends.tokens.update(idOf(key), change);
  expect(await stream.ended).toBe("ended");
});

it("keeps a stream while nobody can tell whether its key is good", async () => {
  let asked = 0;
  const recheck = async () => {
    asked += 1;
    throw new Error("the store is out of reach");
  };
  const rig = await sseRig({ keepAliveMs: 20, recheck });
  const stream = await rig.open(await rig.issue());
  await expect.poll(() => asked).toBeGreaterThan(2);
  expect(rig.sse.activeStreams()).toBe(1);
  expect(stream.text).toContain(": keep-alive");
});

it("lets calls finish when it closes, and tells clients to come back", async () => {
  const double = await startGitHubDouble({ latencyMs: () => 200 });
  onTestFinished(() => double.close());
  const rig = await sseRig({ double });
  const key = await rig.issue();
  const [busy, idle] = [await rig.open(key), await rig.open(key)];
  await rig.post(busy.endpoint, key, toolCall(1));
  const closed = rig.sse.close();
  expect(await idle.ended).toBe("ended");
  expect(rig.outcomes).toEqual([]);
  const last = /: this server is closing\nretry: [12]\d{3}\n\n$/;
  const late = await rig.open(key);
  expect(await late.ended).toBe("ended");
  expect(late.response.status).toBe(200);
  expect(late.text).toMatch(new RegExp(`^${last.source}`));
  expect(late.response.headers.get("content-type")).toContain("text/event-stream");
  await closed;
  expect(await busy.ended).toBe("ended");
  expect(busy.text).toContain('"complete":true');
  expect(idle.text).toMatch(last);
  expect(busy.text).toMatch(last);
  await expect.poll(() => rig.sse.activeStreams()).toBe(0);
});

it("begins a stream that was asked for before it closes, and then ends it", async () => {
  let answer = (): void => undefined;
  const answered = new Promise<void>((resolve) => (answer = resolve));
  const open: SseRelay["open"] = async (...line) => {
    await answered;
    return noRelay.open(...line);
  };
  const rig = await sseRig({ relay: { ...noRelay, open } });
  const opening = rig.open(await rig.issue());
  await expect.poll(() => rig.sse.activeStreams()).toBe(1);
  const closed = rig.sse.close();
  answer();
  const stream = await opening;
  expect(await stream.ended).toBe("ended");
  expect(stream.response.headers.get("content-type")).toContain("text/event-stream");
  expect(stream.text).toMatch(
    /^event: endpoint\n[^]*: this server is closing\nretry: [12]\d{3}\n\n$/,
  );
  await closed;
});

it("waits for calls no longer than it is told to", async () => {
  const double = await startGitHubDouble({ latencyMs: () => 20_000 });
  onTestFinished(() => double.close());
  const rig = await sseRig({ double });
  const key = await rig.issue();
  const stream = await rig.open(key);
  await rig.post(stream.endpoint, key, toolCall(1));
  await expect.poll(() => double.requests.length).toBeGreaterThan(0);
  await rig.sse.close(30);
  expect(await stream.ended).toBe("ended");
  await expect.poll(() => rig.outcomes.length).toBe(1);
  expect(rig.outcomes[0]?.outcome).not.toBe("ok");
});
