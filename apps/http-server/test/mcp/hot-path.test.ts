import { EventEmitter, once } from "node:events";

import { defineTool } from "@pr-review/mcp-tools";
import fc from "fast-check";
import { expect, it } from "vitest";
import { z } from "zod";

import { shots } from "../fuzz-messages.ts";
import { prUrl } from "../harness.ts";
import {
  envelope,
  legacyHeaders,
  legacyRequest,
  modernHeaders,
  modernRequest,
} from "../mcp-messages.ts";
import { nearlyPlainShots, plainShots, shot } from "./hot-shots.ts";
import { startRig } from "./rig.ts";

const name = "fetch_pr_review_comments";
const args = { pr_url: prUrl };
const callHeaders = modernHeaders("tools/call", name);
const plainCall = shot(modernRequest("tools/call", { name, arguments: args }), callHeaders);

it.each(Object.entries(plainShots))(
  "answers %s by itself, and as the SDK does",
  async (_what, each) => {
    const rig = await startRig();
    // What GitHub's answer cost is in each answer, so both are made from the same one.
    await rig.sdk(each);
    expect(await rig.hot(each)).toEqual(await rig.sdk(each));
    expect(rig.hits()).toBe(1);
  },
);

it.each([
  [
    "a notification",
    shot({ jsonrpc: "2.0", method: "notifications/initialized" }, legacyHeaders()),
  ],
  ["another method", shot(legacyRequest("ping"), legacyHeaders())],
  ["a batch", shot([legacyRequest("tools/list")], legacyHeaders("2025-03-26"))],
  ["an unknown tool", shot(legacyRequest("tools/call", { name: "toString" }), legacyHeaders())],
  [
    "a call that wants progress",
    shot(
      legacyRequest("tools/call", { name, arguments: args, _meta: { progressToken: 1 } }),
      legacyHeaders(),
    ),
  ],
  ["a page of the list", shot(legacyRequest("tools/list", { cursor: "2" }), legacyHeaders())],
  ["a task", shot(legacyRequest("tools/call", { name, task: {} }), legacyHeaders())],
  [
    "arguments that are a list",
    shot(legacyRequest("tools/call", { name, arguments: [] }), legacyHeaders()),
  ],
  [
    "a client that takes JSON only",
    shot(legacyRequest("tools/list"), { accept: "application/json" }),
  ],
  [
    "a name in Base64",
    shot(modernRequest("tools/call", { name, arguments: args }), {
      ...callHeaders,
      "mcp-name": `=?base64?${Buffer.from(name).toString("base64")}?=`,
    }),
  ],
  [
    "a header that is not the body's",
    shot(
      modernRequest("tools/call", { name, arguments: args }),
      modernHeaders("tools/call", "whoami"),
    ),
  ],
  [
    "something unknown in the envelope",
    shot(
      legacyRequest("tools/list", { _meta: { ...envelope, traceparent: "00-1" } }),
      modernHeaders("tools/list"),
    ),
  ],
  [
    "answers to questions",
    shot(modernRequest("tools/call", { name, arguments: args, inputResponses: {} }), callHeaders),
  ],
])("leaves %s to the SDK", async (_what, each) => {
  const rig = await startRig();
  await rig.sdk(each);
  expect(await rig.hot(each)).toEqual(await rig.sdk(each));
  expect(rig.hits()).toBe(0);
});

it.each([
  ["the fuzz corpus", shots, 3_000, 0],
  ["plain requests with a change", nearlyPlainShots, 2_000, 500],
] as const)(
  "gives %s the status, the type and the JSON that the SDK gives",
  async (_what, arbitrary, numRuns, leastHits) => {
    const rig = await startRig();
    for (const each of Object.values(plainShots)) await rig.sdk(each);
    for (const each of fc.sample(arbitrary, { numRuns, seed: 20_261_122 })) {
      const [hot, sdk] = [await rig.hot(each), await rig.sdk(each)];
      expect({ hot, each }).toEqual({ hot: sdk, each });
    }
    expect(rig.hits()).toBeGreaterThanOrEqual(leastHits);
  },
  240_000,
);

it("holds callers to their scopes and tells how calls ended", async () => {
  const rig = await startRig({ scopes: [] });
  const outcome = await rig.hot(plainCall);
  expect(outcome.json).toMatchObject({
    result: {
      isError: true,
      _meta: { error: { code: "insufficient-scope", scope: "comments:read" } },
    },
  });
  expect(rig.hits()).toBe(1);
  expect(rig.reports).toMatchObject([{ tool: name, outcome: "insufficient-scope" }]);
});

/** A tool that works until it is told to stop, and says so. */
function patientTool() {
  const events = new EventEmitter();
  const tool = defineTool({
    name: "wait",
    title: "Wait",
    description: "Waits.",
    input: z.strictObject({}),
    output: z.looseObject({}),
    async run(_args, _context, { signal }) {
      events.emit("began");
      if (signal !== undefined) await once(signal, "abort");
      events.emit("stopped");
      return { structured: {}, texts: [] };
    },
  });
  return { tool, began: once(events, "began"), stopped: once(events, "stopped") };
}

it.each([
  ["modern", modernRequest("tools/call", { name: "wait" }), modernHeaders("tools/call", "wait")],
  ["legacy", legacyRequest("tools/call", { name: "wait" }), legacyHeaders()],
])("stops a call whose caller hangs up: %s", async (_era, request, headers) => {
  const { tool, began, stopped } = patientTool();
  const rig = await startRig({ tools: [tool] });
  const caller = new AbortController();
  const all = { "content-type": "application/json", ...headers };
  const body = JSON.stringify(request);
  const asked = fetch(`${rig.url}/hot`, {
    method: "POST",
    headers: all,
    body,
    signal: caller.signal,
  });
  await began;
  caller.abort();
  await expect(asked).rejects.toThrow("aborted");
  await expect(stopped).resolves.toEqual([]);
});

it("keeps the connection of a long call of the earlier era alive", async () => {
  const { tool } = patientTool();
  const rig = await startRig({ tools: [tool], keepAliveMs: 10 });
  const body = JSON.stringify(legacyRequest("tools/call", { name: "wait" }));
  const headers = { "content-type": "application/json", ...legacyHeaders() };
  const response = await fetch(`${rig.url}/hot`, { method: "POST", headers, body });
  expect(response.headers.get("content-type")).toBe("text/event-stream");
  const reader = response.body?.getReader();
  const first = await reader?.read();
  expect(new TextDecoder().decode(first?.value)).toMatch(/^: keepalive\n\n/);
  await reader?.cancel();
});
