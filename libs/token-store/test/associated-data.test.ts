import { isDeepStrictEqual } from "node:util";

import fc from "fast-check";
import { expect, it } from "vitest";

import { associatedData } from "../src/associated-data.ts";

// Of the letters that the encoding itself is made of, to provoke a confusion.
const text = fc.string({ unit: fc.constantFrom(...Array.from("01:- list")), maxLength: 8 });
const field = fc.oneof(text, fc.constant(undefined), fc.array(text, { maxLength: 3 }));
const fields = fc.array(field, { maxLength: 4 });

it("reads the same for no two lists of fields", () => {
  fc.assert(
    fc.property(fields, fields, (a, b) => {
      expect(associatedData(a).equals(associatedData(b))).toBe(isDeepStrictEqual(a, b));
    }),
    { numRuns: 20_000 },
  );
});

it.each([
  [[undefined], [""]],
  [[[]], [undefined]],
  [[["a", "b"]], [["a,b"]]],
  [
    [["a"], ["b"]],
    [["a", "b"], []],
  ],
  [["a", "b"], [["a", "b"]]],
])("tells %j from %j", (a, b) => {
  expect(associatedData(a).equals(associatedData(b))).toBe(false);
});
