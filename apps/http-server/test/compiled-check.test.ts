import fc from "fast-check";
import { expect, it } from "vitest";
import { z } from "zod";

import { compiledCheck } from "../src/compiled-check.ts";

const schema = z.strictObject({
  name: z.string(),
  id: z.union([z.string(), z.int()]),
  more: z.strictObject({ isOn: z.boolean().optional() }).optional(),
});

it("takes and refuses what the schema takes and refuses", () => {
  const check = compiledCheck(schema);
  const values = fc.oneof(fc.string(), fc.integer(), fc.double(), fc.boolean(), fc.constant(null));
  const nearly = fc.record(
    {
      name: fc.oneof(fc.string(), values),
      id: fc.oneof(fc.string(), fc.integer(), values),
      more: fc.oneof(fc.record({ isOn: fc.boolean() }), fc.constant({}), values),
      other: values,
    },
    { requiredKeys: ["name", "id"] },
  );
  let taken = 0;
  fc.assert(
    fc.property(fc.oneof(nearly, fc.jsonValue()), (value) => {
      const { success } = schema.safeParse(value);
      expect(check(value).valid).toBe(success);
      taken += success ? 1 : 0;
    }),
    { numRuns: 2_000 },
  );
  expect(taken).toBeGreaterThan(50);
});

it("hands on the very value that it takes, and nothing of what it refuses", () => {
  const check = compiledCheck(schema);
  const value = { name: "a", id: 1 };
  expect(check(value).data).toBe(value);
  expect(check({ name: "a" }).data).toBeUndefined();
});
