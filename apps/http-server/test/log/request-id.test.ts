import { randomBytes, randomUUID } from "node:crypto";

import { generateKey } from "@pr-review/token-store";
import { expect, it } from "vitest";

import { requestIdFrom } from "../../src/log/request-id.ts";

const make = () => "made-here";

it.each([
  randomUUID(),
  randomUUID().toUpperCase(),
  "01JD8Q5W8N6XK2V4T9R3M7B1CE",
  randomBytes(16).toString("hex"),
  "230b030023ae2822-SJC",
])("takes over %s", (id) => {
  expect(requestIdFrom(id, { make })).toBe(id);
});

it.each([
  ["nothing", undefined],
  ["an empty one", ""],
  ["a short one", "abc"],
  ["a long one", "a".repeat(37)],
  ["two of them", `${randomUUID()}, ${randomUUID()}`],
  ["one with a line break", `${"a".repeat(20)}\nfake`],
  ["one with markup", `<b>${"a".repeat(20)}</b>`],
  ["one that begins with a hyphen", `-${"a".repeat(20)}`],
  ["an API key", generateKey().key],
  ["a GitHub token", `ghp_${"a".repeat(20)}`],
  ["a secret key", randomBytes(32).toString("base64")],
  ["a secret key in hexadecimal", randomBytes(32).toString("hex")],
])("makes an id of its own for %s", (_, id) => {
  expect(requestIdFrom(id, { make })).toBe("made-here");
});

it("makes a different id each time", () => {
  const ids = Array.from({ length: 1_000 }, () => requestIdFrom(undefined));
  expect(new Set(ids).size).toBe(1_000);
});
