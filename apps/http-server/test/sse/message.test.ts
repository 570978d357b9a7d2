import { expect, it } from "vitest";

import { sseRig } from "./rig.ts";

it.each([
  ["bad JSON", "{", 400, -32_700],
  ["an empty body", "", 400, -32_700],
  ["no message", "null", 400, -32_600],
  ["a batch", '[{"jsonrpc":"2.0","id":1,"method":"ping"}]', 400, -32_600],
  ["another version", '{"jsonrpc":"1.0","id":1,"method":"ping"}', 400, -32_600],
  ["10,000 levels that are no message", "[".repeat(10_000) + "]".repeat(10_000), 400, -32_600],
  ["more than 1 MiB", JSON.stringify("x".repeat(1024 * 1024)), 413, -32_000],
])("answers %s in JSON-RPC", async (_, body, status, code) => {
  const rig = await sseRig();
  const key = await rig.issue();
  const { endpoint } = await rig.open(key);
  const response = await rig.post(endpoint, key, body);
  expect(response.status).toBe(status);
  expect(await response.json()).toMatchObject({ jsonrpc: "2.0", id: null, error: { code } });
  expect(rig.sse.activeStreams()).toBe(1);
});

it("takes 10,000 levels of arguments as what they are: wrong ones", async () => {
  const rig = await sseRig();
  const key = await rig.issue();
  const stream = await rig.open(key);
  const deep = "[".repeat(10_000) + "]".repeat(10_000);
  const params = `{"name":"whoami","arguments":{"deep":${deep}}}`;
  const body = `{"jsonrpc":"2.0","id":5,"method":"tools/call","params":${params}}`;
  expect((await rig.post(stream.endpoint, key, body)).status).toBe(202);
  await expect.poll(() => stream.text).toContain('"id":5');
});

it("answers a body that is not called JSON with 415", async () => {
  const rig = await sseRig();
  const key = await rig.issue();
  const { endpoint } = await rig.open(key);
  const headers = { authorization: `Bearer ${key}`, "content-type": "text/plain" };
  const response = await fetch(rig.url + endpoint, { method: "POST", headers, body: "{}" });
  expect(response.status).toBe(415);
  expect(await response.json()).toMatchObject({ error: { code: -32_000 }, id: null });
});

it("reads no body before the key is good", async () => {
  const rig = await sseRig();
  const response = await rig.post("/messages?sessionId=1", "mcp_wrong", "{");
  expect(response.status).toBe(401);
});
