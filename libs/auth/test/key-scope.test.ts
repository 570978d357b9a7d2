import { expect, it } from "vitest";

import { requireScope } from "../src/index.ts";

it("lets a key do what it has the scope for", () => {
  const principal = { scopes: ["comments:read", "comments:write"] };
  expect(() => requireScope(principal, "comments:read")).not.toThrow();
  expect(() => requireScope(principal, "comments:write")).not.toThrow();
});

it.each([
  ["comments:read", ["comments:write"]],
  ["comments:write", ["comments:read"]],
  ["comments:read", []],
] as const)("names the scope %s that a key with %j lacks", (scope, scopes) => {
  const attempt = () => requireScope({ scopes }, scope);
  expect(attempt).toThrow(expect.objectContaining({ code: "insufficient-scope", scope }));
  expect(attempt).toThrow(scope);
});

it("lets a read-only key read and do nothing else, whatever it was granted", () => {
  const principal = { scopes: ["comments:read", "comments:write"], readOnly: true };
  expect(() => requireScope(principal, "comments:read")).not.toThrow();
  expect(() => requireScope(principal, "comments:write")).toThrow(
    expect.objectContaining({ code: "insufficient-scope", scope: "comments:write" }),
  );
});
