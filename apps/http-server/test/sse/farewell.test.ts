import { expect, it } from "vitest";

import { farewell } from "../../src/sse/farewell.ts";

it.each([
  [0, 1_000],
  [0.5, 2_000],
  [0.9999, 2_999],
])("spreads those who come again over two seconds: %d", (chance, retryMs) => {
  const text = farewell({ random: () => chance });
  expect(text).toBe(`: this server is closing\nretry: ${retryMs}`);
});
