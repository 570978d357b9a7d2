import { expect, it } from "vitest";

import { readSummary } from "../summary.ts";

const output = `Running client scenario 'ping' against server: http://127.0.0.1:1/mcp

=== SUMMARY ===
✓ ping: 2 passed, 0 failed
✗ tools-call-sampling: 1 passed, 3 failed
✓ server-sse-polling: 0 passed, 0 failed

Total: 3 passed, 3 failed
  ✗ tools-call-sampling (extension)
`;

it("counts the scenarios and checks that a runner printed", () => {
  expect(readSummary(output)).toEqual({
    scenarios: 3,
    passed: 3,
    failed: 3,
    failing: ["tools-call-sampling"],
  });
});

it("finds nothing in what is no summary", () => {
  expect(readSummary("error: unknown option")).toMatchObject({ scenarios: 0, failing: [] });
});
