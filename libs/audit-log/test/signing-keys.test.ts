import { expect, it } from "vitest";

import { AuditLog, MemoryAuditStorage } from "../src/index.ts";
import { k1, k2 } from "./contract/fixtures.ts";

it.each([
  ["no key", []],
  ["a short key", [{ id: "k1", key: new Uint8Array(31) }]],
  ["two keys of one id", [k1, { ...k2, id: "k1" }]],
])("refuses a ring with %s", (_, keys) => {
  const open = () => new AuditLog(new MemoryAuditStorage(), keys);
  expect(open).toThrow(expect.objectContaining({ code: "invalid-keys" }));
});
