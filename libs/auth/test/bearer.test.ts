import { expect, it } from "vitest";

import { readBearer } from "../src/index.ts";

it.each(["Bearer mcp_x", "bearer mcp_x", "BEARER   mcp_x "])("reads the key in %j", (header) => {
  expect(readBearer(header)).toBe("mcp_x");
});

it.each([undefined, "", "   "])("misses credentials in %j", (header) => {
  expect(() => readBearer(header)).toThrow(
    expect.objectContaining({ code: "missing-credentials" }),
  );
});

it.each([
  "mcp_x",
  "Bearer",
  "Bearer ",
  "Basic mcp_x",
  "Bearer a b",
  "Bearer a,b c",
  "Bearer ключ",
  "Bearer a\u0000",
  "Bearer\tmcp_x",
  "Token mcp_x",
  "Bearer mcp_x\r\nX: y",
])("refuses the malformed header %j", (header) => {
  expect(() => readBearer(header)).toThrow(expect.objectContaining({ code: "invalid-key" }));
});
