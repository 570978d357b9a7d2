import { randomBytes } from "node:crypto";

import { expect, it } from "vitest";

import { createCursorCodec } from "../../src/index.ts";

const secret = randomBytes(32);
const call = ["alice", { owner: "acme", number: 7 }, { status: "all" }];
const here = {
  from: { threads: "Y3Vyc29y" },
  after: { resolved: false, activity: 5, id: "PRRT_1" },
  asOf: 9,
  window: undefined,
};
const invalid = expect.objectContaining({ code: "invalid-cursor" });

it("says again where it was, to the same call", () => {
  const codec = createCursorCodec(secret);
  expect(codec.decode(codec.encode(here, call), call)).toEqual(here);
});

it("is good on another instance with the same secret, and on none with another", () => {
  const cursor = createCursorCodec(secret).encode(here, call);
  expect(createCursorCodec(secret).decode(cursor, call)).toEqual(here);
  expect(() => createCursorCodec(randomBytes(32)).decode(cursor, call)).toThrow(invalid);
});

it.each([
  ["another caller", ["bob", ...call.slice(1)]],
  ["another pull request", ["alice", { owner: "acme", number: 8 }, { status: "all" }]],
  ["other arguments", ["alice", { owner: "acme", number: 7 }, { status: "resolved" }]],
])("is refused for %s", (_, other) => {
  const codec = createCursorCodec(secret);
  expect(() => codec.decode(codec.encode(here, call), other)).toThrow(invalid);
});

it("outlives a change of secret for as long as the old one is still known", () => {
  const cursor = createCursorCodec(secret).encode(here, call);
  const next = randomBytes(32);
  const during = createCursorCodec(next, { formerSecrets: [secret] });
  expect(during.decode(cursor, call)).toEqual(here);
  expect(() => createCursorCodec(next).decode(cursor, call)).toThrow(invalid);
  const signedNow = during.encode(here, call);
  expect(createCursorCodec(next).decode(signedNow, call)).toEqual(here);
});

it("is refused after 15 minutes", () => {
  let now = 1_000;
  const codec = createCursorCodec(secret, { now: () => now });
  const cursor = codec.encode(here, call);
  now += 15 * 60_000;
  expect(codec.decode(cursor, call)).toEqual(here);
  now += 1;
  expect(() => codec.decode(cursor, call)).toThrow(invalid);
});

it("is refused with any bit flipped, any byte missing, and when it is nonsense", () => {
  const codec = createCursorCodec(secret);
  const bytes = Buffer.from(codec.encode(here, call), "base64url");
  for (let bit = 0; bit < bytes.length * 8; bit += 1) {
    const forged = Buffer.from(bytes);
    forged[bit >> 3] = (forged[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    expect(() => codec.decode(forged.toString("base64url"), call)).toThrow(invalid);
    const short = bytes.subarray(0, bit >> 3).toString("base64url");
    expect(() => codec.decode(short, call)).toThrow(invalid);
  }
  for (const nonsense of ["", "x", "..", "💥", "a".repeat(10_000)]) {
    expect(() => codec.decode(nonsense, call)).toThrow(invalid);
  }
});
