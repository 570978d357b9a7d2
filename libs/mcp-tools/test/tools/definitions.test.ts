import { encode } from "gpt-tokenizer/encoding/o200k_base";
import { expect, it } from "vitest";

import { tools } from "../../src/index.ts";

it("costs a model at most 1,500 tokens for at most 8 tools", () => {
  const listed = tools.map(({ name, title, description, inputSchema, outputSchema }) => ({
    name,
    title,
    description,
    inputSchema,
    outputSchema,
    annotations: { readOnlyHint: true, idempotentHint: true, openWorldHint: true },
  }));
  expect(tools.length).toBeLessThanOrEqual(8);
  expect(encode(JSON.stringify(listed)).length).toBeLessThanOrEqual(1_500);
});
