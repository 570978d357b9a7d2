import { randomBytes } from "node:crypto";

import { expect, it } from "vitest";

import { Keyring, parseSecretKeys, TokenStoreError } from "../src/index.ts";

const [first, second] = [randomBytes(32), randomBytes(32)];
const [one, two] = [first.toString("base64"), second.toString("base64")];

it("reads the keys in their order: the first one encrypts", () => {
  const keyring = parseSecretKeys(`k2:${two}, k1:${first.toString("hex")}`);
  expect(keyring.current).toEqual({ id: "k2", root: second });
  expect(keyring.keys.map(({ id }) => id)).toEqual(["k2", "k1"]);
  expect(keyring.keys[1]?.root).toEqual(first);
});

it("calls a single key k1", () => {
  expect(Keyring.of(first).keys).toEqual([{ id: "k1", root: first }]);
});

it.each([
  ["nothing", "", "invalid-keyring"],
  ["a key without an id", one, "invalid-keyring"],
  ["an empty id", `:${one}`, "invalid-keyring"],
  ["an id in capitals", `K1:${one}`, "invalid-keyring"],
  ["an id with a dot", `k.1:${one}`, "invalid-keyring"],
  ["an id of 17 characters", `${"k".repeat(17)}:${one}`, "invalid-keyring"],
  ["an id twice", `k1:${two},k1:${one}`, "invalid-keyring"],
  ["a secret twice", `k2:${one},k1:${one}`, "invalid-keyring"],
  ["an empty entry", `k1:${one},`, "invalid-keyring"],
  ["an id without a key", "k1:", "weak-secret-key"],
  ["a short key", `k1:${randomBytes(31).toString("base64")}`, "weak-secret-key"],
  ["a key of one letter", `k1:${"a".repeat(64)}`, "weak-secret-key"],
  ["a placeholder", "k1:changemechangemechangemechangemechangemechangeme", "weak-secret-key"],
  ["a weak second key", `k2:${two},k1:secret`, "weak-secret-key"],
])("refuses %s and repeats nothing of it", (_, text, code) => {
  const error = thrownBy(() => parseSecretKeys(text));
  expect(error).toMatchObject({ code });
  expect(error.message).toMatch(/MCP_SECRET_KEYS/);
  const parts = text.split(/[:,]/).filter((part) => part.length > 3);
  for (const part of parts) expect(error.message).not.toContain(part);
});

it("names the place of a bad key", () => {
  expect(thrownBy(() => parseSecretKeys(`k2:${two},k1:secret`)).message).toMatch(/^Key 2 of /);
  expect(thrownBy(() => parseSecretKeys(`k2:${two},${one}`)).message).toMatch(/^Key 2 of /);
});

it("takes no secret of fewer than 32 bytes, and not none at all", () => {
  expect(thrownBy(() => Keyring.of(randomBytes(31)))).toMatchObject({ code: "weak-secret-key" });
  expect(thrownBy(() => new Keyring([]))).toMatchObject({ code: "invalid-keyring" });
});

function thrownBy(run: () => unknown): TokenStoreError {
  try {
    run();
  } catch (error) {
    if (error instanceof TokenStoreError) return error;
  }
  throw new Error("Nothing was thrown, or something else.");
}
