import { randomBytes } from "node:crypto";

import { expect, it } from "vitest";

import { Keyring, Seal } from "../src/index.ts";
import { sealedBy } from "../src/seal.ts";

const [one, two] = [
  { id: "k1", root: randomBytes(32) },
  { id: "k2", root: randomBytes(32) },
];
const seal = new Seal(new Keyring([one]));
const unreadable = expect.objectContaining({ code: "unreadable-record" });
const plain = Buffer.from("ghp_x");

it("opens what it sealed, beside the same fields", () => {
  expect(seal.open(seal.seal(plain, ["a", undefined, 1]), ["a", undefined, 1])).toEqual(plain);
});

it("never seals to the same text twice", () => {
  expect(seal.seal(plain, [])).not.toBe(seal.seal(plain, []));
});

it("refuses other fields, also such that read the same when joined", () => {
  const sealed = seal.seal(plain, ["ab", "c"]);
  expect(() => seal.open(sealed, ["a", "bc"])).toThrow(unreadable);
});

it("names the key it sealed with", () => {
  expect(seal.seal(plain, [])).toMatch(/^k1\.[\w-]+$/);
  expect(sealedBy(seal.seal(plain, []))).toBe("k1");
  expect(sealedBy("no key has sealed this")).toBeUndefined();
});

it("seals with the first key and opens with all", () => {
  const both = new Seal(new Keyring([two, one]));
  expect(both.open(seal.seal(plain, []), [])).toEqual(plain);
  expect(sealedBy(both.seal(plain, []))).toBe("k2");
  expect(() => seal.open(both.seal(plain, []), [])).toThrow(unreadable);
});

it("refuses another root secret, and the same one under another id", () => {
  const sealed = seal.seal(plain, []);
  const other = new Seal(new Keyring([{ id: "k1", root: randomBytes(32) }]));
  expect(() => other.open(sealed, [])).toThrow(unreadable);
  const renamed = new Seal(new Keyring([{ id: "k9", root: one.root }]));
  expect(() => renamed.open(sealed.replace("k1.", "k9."), [])).toThrow(unreadable);
});

it("refuses any flipped bit, any truncation and any addition", () => {
  const sealed = seal.seal(plain, []);
  const bytes = Buffer.from(sealed.slice(3), "base64url");
  for (let bit = 0; bit < bytes.length * 8; bit += 1) {
    const flipped = Buffer.from(bytes);
    flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    expect(() => seal.open(`k1.${flipped.toString("base64url")}`, [])).toThrow(unreadable);
    const cut = bytes.subarray(0, bit >> 3).toString("base64url");
    expect(() => seal.open(`k1.${cut}`, [])).toThrow(unreadable);
  }
  for (const text of [`${sealed}=`, `${sealed}!`, ` ${sealed}`, `${sealed}\n`, sealed.slice(3)]) {
    expect(() => seal.open(text, [])).toThrow(unreadable);
  }
});
