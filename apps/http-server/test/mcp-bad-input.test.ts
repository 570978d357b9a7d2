import { expect, it } from "vitest";

import { harness, json } from "./harness.ts";
import {
  legacyHeaders,
  legacyRequest,
  modernHeaders,
  modernRequest,
  modernRevision,
} from "./mcp-messages.ts";

const list = legacyRequest("tools/list");
const modernList = modernRequest("tools/list");
const nested = (levels: number) => "[".repeat(levels) + "]".repeat(levels);
const batch = (length: number) =>
  Array.from({ length }, (_, id) => legacyRequest("tools/list", {}, id));
const inParams = (value: string) =>
  `{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"x":${value}}}`;

interface Shot {
  readonly body: unknown;
  readonly headers?: Record<string, string>;
}

it.each<[string, Shot, number, number]>([
  ["half a JSON text", { body: '{"jsonrpc":' }, 400, -32_700],
  ["no body", { body: "" }, 400, -32_700],
  ["a number", { body: "7" }, 400, -32_600],
  ["null", { body: "null" }, 400, -32_600],
  ["no JSON-RPC", { body: { hello: "world" } }, 400, -32_600],
  ["JSON-RPC 1.0", { body: { ...list, jsonrpc: "1.0" } }, 400, -32_600],
  ["a null id", { body: legacyRequest("tools/list", {}, null) }, 400, -32_600],
  ["an id that is an object", { body: legacyRequest("tools/list", {}, {}) }, 400, -32_600],
  ["a fractional id", { body: modernRequest("tools/list", {}, 1.5) }, 400, -32_600],
  ["params that are a list", { body: { ...list, params: [] } }, 400, -32_600],
  ["fields of its own", { body: { ...list, extra: 1 } }, 400, -32_600],
  ["65 levels", { body: inParams(nested(63)) }, 400, -32_600],
  ["10,000 levels", { body: nested(10_000) }, 400, -32_600],
  ["500,000 levels", { body: nested(500_000) }, 400, -32_600],
  ["an empty batch", { body: [] }, 400, -32_600],
  ["a batch of numbers", { body: [1, 2] }, 400, -32_600],
  ["a batch in 2025-06-18", { body: [list], headers: legacyHeaders("2025-06-18") }, 400, -32_600],
  ["a batch in 2026", { body: [modernList], headers: modernHeaders("tools/list") }, 400, -32_600],
  ["a batch of the 2026 era without a header", { body: [modernList] }, 400, -32_600],
  ["a batch of 11", { body: batch(11) }, 400, -32_600],
  ["two requests with one id", { body: [list, list] }, 400, -32_600],
  ["a revision nobody knows", { body: list, headers: legacyHeaders("2025-02-30") }, 400, -32_022],
  ["a revision to come", { body: list, headers: legacyHeaders("2031-01-01") }, 400, -32_022],
])("refuses %s with the code of the specification", async (_what, shot, status, code) => {
  const { post } = await harness();
  const response = await post("/mcp", shot.body, shot.headers ?? legacyHeaders());
  const body = await json(response);
  expect([response.status, body.error.code]).toEqual([status, code]);
  expect(body).toMatchObject({ jsonrpc: "2.0", error: { message: expect.any(String) } });
  expect(JSON.stringify(body)).not.toMatch(/\.ts|node_modules|\n *at /);
});

it.each<[string, Shot, number, number]>([
  ["no header at all", { body: modernList, headers: legacyHeaders() }, 400, -32_020],
  [
    "a revision that is not the body's",
    {
      body: modernList,
      headers: { ...modernHeaders("tools/list"), "mcp-protocol-version": "2025-11-25" },
    },
    400,
    -32_020,
  ],
  [
    "a method that is not the body's",
    { body: modernList, headers: modernHeaders("tools/call") },
    400,
    -32_020,
  ],
  [
    "a tool that is not the body's",
    {
      body: modernRequest("tools/call", { name: "whoami" }),
      headers: modernHeaders("tools/call", "check_access"),
    },
    400,
    -32_020,
  ],
  [
    "a name that is no Base64",
    {
      body: modernRequest("tools/call", { name: "whoami" }),
      headers: modernHeaders("tools/call", "=?base64?%%%?="),
    },
    400,
    -32_020,
  ],
  [
    "`initialize` under the revision that has none",
    { body: legacyRequest("initialize"), headers: modernHeaders("initialize") },
    400,
    -32_020,
  ],
  ["no envelope", { body: list, headers: modernHeaders("tools/list") }, 400, -32_602],
  [
    "a method that does not exist",
    { body: modernRequest("tools/steal"), headers: modernHeaders("tools/steal") },
    404,
    -32_601,
  ],
  [
    "a method of the earlier era",
    { body: modernRequest("ping"), headers: modernHeaders("ping") },
    404,
    -32_601,
  ],
])("answers %s as 2026-07-28 says", async (_what, shot, status, code) => {
  const { post } = await harness();
  const response = await post("/mcp", shot.body, shot.headers);
  const body = await json(response);
  expect([response.status, body.error.code]).toEqual([status, code]);
});

it("names the revisions it speaks to a client of another, and echoes the id", async () => {
  const { post } = await harness();
  const response = await post("/mcp", legacyRequest("tools/list", {}, "mine"), {
    ...legacyHeaders("1999-01-01"),
  });
  expect(await json(response)).toMatchObject({
    id: "mine",
    error: {
      data: {
        requested: "1999-01-01",
        supported: [
          modernRevision,
          "2025-11-25",
          "2025-06-18",
          "2025-03-26",
          "2024-11-05",
          "2024-10-07",
        ],
      },
    },
  });
});

it("names its revision to a client that claims another in the body", async () => {
  const { post } = await harness();
  const meta = {
    "io.modelcontextprotocol/protocolVersion": "2027-01-01",
    "io.modelcontextprotocol/clientCapabilities": {},
  };
  const body = legacyRequest("tools/list", { _meta: meta });
  const headers = { ...modernHeaders("tools/list"), "mcp-protocol-version": "2027-01-01" };
  const response = await post("/mcp", body, headers);
  expect(response.status).toBe(400);
  expect((await json(response)).error).toMatchObject({
    code: -32_022,
    data: { requested: "2027-01-01", supported: [modernRevision] },
  });
});

it("serves a batch of ten to a client of 2025-03-26, each with its own answer", async () => {
  const { post } = await harness();
  const response = await post("/mcp", batch(10), legacyHeaders("2025-03-26"));
  const ids = [...(await response.text()).matchAll(/"jsonrpc":"2.0","id":(\d)/g)].map(
    ([, id]) => id,
  );
  expect(response.status).toBe(200);
  expect(ids).toHaveLength(10);
  expect(new Set(ids).size).toBe(10);
});

it("serves a message of 64 levels", async () => {
  const { post } = await harness();
  const response = await post("/mcp", inParams(nested(62)), legacyHeaders());
  expect(response.status).toBe(200);
});

it.each(["GET", "DELETE", "PUT", "PATCH", "OPTIONS"])(
  "answers %s with 405 and POST",
  async (method) => {
    const { url, key } = await harness();
    const headers = { authorization: `Bearer ${key}`, ...legacyHeaders() };
    const response = await fetch(`${url}/mcp`, { method, headers });
    expect([response.status, response.headers.get("allow")]).toEqual([405, "POST"]);
    expect(await json(response)).toMatchObject({
      jsonrpc: "2.0",
      id: null,
      error: { code: -32_000 },
    });
  },
);

it.each([
  { "content-type": "text/plain" },
  { "content-type": "application/jsonp" },
  { "content-encoding": "gzip" },
])("answers %j with 415 in JSON-RPC", async (headers) => {
  const { post } = await harness();
  const response = await post("/mcp", list, { ...legacyHeaders(), ...headers });
  expect([response.status, (await json(response)).error.code]).toEqual([415, -32_000]);
});

it("takes no bytes for text that are not UTF-8", async () => {
  const { url, key } = await harness();
  const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
  const body = Buffer.from(inParams('"\xff"'), "latin1");
  const response = await fetch(`${url}/mcp`, { method: "POST", headers, body });
  expect([response.status, (await json(response)).error.code]).toEqual([400, -32_700]);
});
