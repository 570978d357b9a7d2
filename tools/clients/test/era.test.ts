import { expect, it } from "vitest";

import { eraOf } from "../era.ts";

const call = { jsonrpc: "2.0", id: 2, method: "tools/call", params: { name: "whoami" } };
const initialize = (protocolVersion: string) => ({
  jsonrpc: "2.0",
  id: 1,
  method: "initialize",
  params: { protocolVersion },
});
const inEra = (method: string, revision: string) => ({
  ...call,
  method,
  params: { _meta: { "io.modelcontextprotocol/protocolVersion": revision } },
});
const eraIn = (...messages: readonly object[]) =>
  eraOf(messages.map((each) => JSON.stringify(each)));

it("takes the revision of the call itself before that of anything else", () => {
  expect(eraIn(initialize("2025-11-25"), inEra("tools/call", "2026-07-28"))).toBe("2026-07-28");
});

it("takes the last initialize when the call names none, whatever was tried before", () => {
  const probe = inEra("server/discover", "2026-07-28");
  expect(eraIn(probe, initialize("2024-11-05"), initialize("2025-11-25"), call)).toBe("2025-11-25");
});

it("knows no revision without a call", () => {
  expect(eraIn(initialize("2025-11-25"))).toBeUndefined();
  expect(eraIn(call)).toBeUndefined();
});

it("passes over what is no message", () => {
  const lines = ["", "{", '["tools/call"]', '{"result":{}}'];
  expect(eraOf([...lines, JSON.stringify(inEra("tools/call", "2026-07-28"))])).toBe("2026-07-28");
});
