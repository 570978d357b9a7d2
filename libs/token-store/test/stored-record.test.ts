import fc from "fast-check";
import { expect, it } from "vitest";

import { readStored } from "../src/stored-record.ts";
import { record } from "./file/folder.ts";

const whole = record("a");
const needed = new Set([
  "id",
  "keyHash",
  "sealed",
  "githubHost",
  "scopes",
  "createdAt",
  "disabled",
  "version",
]);
const names = Object.keys(whole);
const spared = names.filter((name) => !needed.has(name));
const kinds = new Map<string, unknown>(Object.entries(whole));

/** What may stand in the place of a field's value, and is of another kind. */
function otherThan(value: unknown): fc.Arbitrary<unknown> {
  return fc
    .oneof(fc.string(), fc.double(), fc.boolean(), fc.array(fc.anything()), fc.object())
    .filter((other) => !isLike(other, value));
}

function isLike(other: unknown, value: unknown): boolean {
  if (Array.isArray(value)) return Array.isArray(other) && other.every(isText);
  return typeof other === typeof value && (typeof other !== "number" || Number.isFinite(other));
}

function isText(value: unknown): boolean {
  return typeof value === "string";
}

it("reads a record with every field as it is", () => {
  expect(readStored(whole)).toStrictEqual(whole);
});

it("takes what a record may lack for undefined, whether it is absent or null", () => {
  fc.assert(
    fc.property(fc.subarray(spared), fc.boolean(), (lacking, isNull) => {
      const absent = lacking.map((name) => [name, undefined]);
      const expected = { ...whole, ...Object.fromEntries(absent) };
      const left = names.filter((name) => isNull || !lacking.includes(name));
      const written = left.map((name) => [name, lacking.includes(name) ? null : kinds.get(name)]);
      const readOnly = expected.readOnly ?? false;
      expect(readStored(Object.fromEntries(written))).toStrictEqual({ ...expected, readOnly });
    }),
  );
});

it.each([...needed])("refuses a record without %s", (name) => {
  expect(readStored({ ...whole, [name]: undefined })).toBeUndefined();
  expect(readStored({ ...whole, [name]: null })).toBeUndefined();
});

it.each(names)("refuses any %s of another kind", (name) => {
  fc.assert(
    fc.property(otherThan(kinds.get(name)), (other) => {
      expect(readStored({ ...whole, [name]: other })).toBeUndefined();
    }),
  );
});

it("refuses a field that is none of a record's", () => {
  for (const name of ["colour", "__proto__", "constructor"]) {
    const foreign: unknown = JSON.parse(`${JSON.stringify(whole).slice(0, -1)},"${name}":1}`);
    expect(readStored(foreign)).toBeUndefined();
  }
});

it("refuses what is no object", () => {
  for (const other of [undefined, null, "a", 1, true, [], [whole]]) {
    expect(readStored(other)).toBeUndefined();
  }
});
