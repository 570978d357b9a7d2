import { expect, it } from "vitest";

import { createAdminGate } from "../src/index.ts";

const code = (value: string) => expect.objectContaining({ code: value });

it("lets the admin token in and nothing else", () => {
  const gate = createAdminGate("admin-secret");
  expect(() => gate("Bearer admin-secret")).not.toThrow();
  expect(() => gate("Bearer admin-secre")).toThrow(code("invalid-admin-token"));
  expect(() => gate("Bearer admin-secret2")).toThrow(code("invalid-admin-token"));
  expect(() => gate("Basic admin-secret")).toThrow(code("invalid-admin-token"));
  expect(() => gate(undefined)).toThrow(code("missing-credentials"));
});

it("refuses everybody while no admin token is set", () => {
  const gate = createAdminGate(undefined);
  expect(() => gate("Bearer undefined")).toThrow(code("admin-disabled"));
  expect(() => gate(undefined)).toThrow(code("admin-disabled"));
});
