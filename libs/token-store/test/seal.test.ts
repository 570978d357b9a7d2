import { randomBytes } from "node:crypto";

import { expect, it } from "vitest";

import { Seal } from "../src/index.ts";

const seal = new Seal(randomBytes(32));
const unreadable = expect.objectContaining({ code: "unreadable-record" });

it("opens what it sealed, in the same context", () => {
  expect(seal.open(seal.seal("ghp_x", ["a", "b"]), ["a", "b"])).toBe("ghp_x");
});

it("never seals to the same text twice", () => {
  expect(seal.seal("ghp_x", [])).not.toBe(seal.seal("ghp_x", []));
});

it("refuses another context, also one that reads the same when joined", () => {
  const sealed = seal.seal("ghp_x", ["ab", "c"]);
  expect(() => seal.open(sealed, ["a", "bc"])).toThrow(unreadable);
});

it("refuses another root secret", () => {
  const sealed = seal.seal("ghp_x", []);
  expect(() => new Seal(randomBytes(32)).open(sealed, [])).toThrow(unreadable);
});

it("refuses any flipped bit and any truncation", () => {
  const bytes = Buffer.from(seal.seal("ghp_x", []), "base64url");
  for (let bit = 0; bit < bytes.length * 8; bit += 1) {
    const flipped = Buffer.from(bytes);
    flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    expect(() => seal.open(flipped.toString("base64url"), [])).toThrow(unreadable);
    const cut = bytes.subarray(0, bit >> 3).toString("base64url");
    expect(() => seal.open(cut, [])).toThrow(unreadable);
  }
});

it("matches a key with its hash only", () => {
  expect(seal.matches("one", seal.hash("one"))).toBe(true);
  expect(seal.matches("two", seal.hash("one"))).toBe(false);
  expect(seal.matches("one", "")).toBe(false);
});
