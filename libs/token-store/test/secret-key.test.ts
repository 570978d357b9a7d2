import { randomBytes } from "node:crypto";

import { expect, it } from "vitest";

import { parseSecretKey, TokenStoreError } from "../src/index.ts";

it.each(["base64", "base64url", "hex"] as const)("accepts 32 random bytes in %s", (encoding) => {
  const bytes = randomBytes(32);
  expect(parseSecretKey(bytes.toString(encoding))).toEqual(bytes);
});

it("accepts every random key it is given", () => {
  for (let i = 0; i < 20_000; i += 1) {
    expect(parseSecretKey(randomBytes(32).toString("base64"))).toHaveLength(32);
  }
});

it.each([
  "",
  "your-secret-key-here-of-at-least-32-bytes-0123456789",
  "change-me",
  "secret",
  randomBytes(16).toString("base64"),
  randomBytes(31).toString("hex"),
  Buffer.alloc(32).toString("base64"),
  "a".repeat(64),
  "changemechangemechangemechangemechangemechangeme",
  "not base64 at all, but quite long enough to be 32 bytes!",
  "0123456789abcdef",
  "my-password-my-password-my-password-my-password!",
])("refuses the weak secret %j in fixed words that cannot repeat it", (weak) => {
  expect(() => parseSecretKey(weak)).toThrow(TokenStoreError);
  expect(() => parseSecretKey(weak)).toThrow(/^MCP_SECRET_KEY needs 32 random bytes in base64\./);
});
