import { expect, it } from "vitest";

import { isWebhookUrl } from "../../src/webhook/webhook-url.ts";

it.each([
  ["https://hooks.example/1", true],
  ["http://127.0.0.1:8080/1", true],
  ["http://[::1]/1", true],
  ["http://hooks.example/1", false],
  ["http://127.0.0.1.example/1", false],
  ["https://user:pass@hooks.example/1", false],
  ["hooks.example", false],
])("judges %s: %j", (text, isOne) => {
  expect(isWebhookUrl(text)).toBe(isOne);
});
