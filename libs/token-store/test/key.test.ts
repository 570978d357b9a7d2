import { randomBytes } from "node:crypto";

import fc from "fast-check";
import { expect, it } from "vitest";

import { generateKey, keyId } from "../src/index.ts";

it("makes keys of one shape, 53 characters long, that name their own id", () => {
  const { key, id } = generateKey();
  expect(key).toMatch(/^mcp_1[0-9A-Za-z]{48}$/);
  expect(keyId(key)).toBe(id);
  expect(key).toContain(id);
});

it("makes a different key each time", () => {
  expect(new Set(Array.from({ length: 1_000 }, () => generateKey().key)).size).toBe(1_000);
});

it("refuses a key with any one character changed", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 52 }),
      fc.constantFrom("0", "a", "Z", "_", "-", "é", " "),
      (at, replacement) => {
        const { key } = generateKey();
        const typo = key.slice(0, at) + replacement + key.slice(at + 1);
        expect(typo === key || keyId(typo) === undefined).toBe(true);
      },
    ),
  );
});

it.each(["", "mcp_", "ghp_0123456789", "mcp_1" + "A".repeat(48), "mcp_2" + "A".repeat(48)])(
  "refuses %j",
  (text) => {
    expect(keyId(text)).toBeUndefined();
  },
);

it("refuses a key followed by a newline", () => {
  expect(keyId(`${generateKey().key}\n`)).toBeUndefined();
});

it("gives a key of the predecessor an id that stays the same and differs from key to key", () => {
  const legacy = (): string => `mcp_${randomBytes(32).toString("base64url")}`;
  const ids = Array.from({ length: 1_000 }, () => keyId(legacy()) ?? "");
  expect(new Set(ids).size).toBe(1_000);
  for (const id of ids) expect(id).toMatch(/^[0-9A-Za-z]{10}$/);
  // Stored by this id: it must never change.
  expect(keyId(`mcp_${"A".repeat(43)}`)).toBe("8Go2X1QlVw");
});
