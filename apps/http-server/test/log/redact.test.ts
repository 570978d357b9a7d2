import { randomBytes } from "node:crypto";

import { generateKey } from "@pr-review/token-store";
import { expect, it } from "vitest";

import { createLogger } from "../../src/log/logger.ts";

/** What a logger makes of an object. */
function logged(fields: object, message = ""): string {
  const lines: string[] = [];
  createLogger("trace", { write: (line: string) => void lines.push(line) }).info(fields, message);
  return lines.join("");
}

const hex = () => randomBytes(20).toString("hex");

it.each([
  ["an API key", generateKey().key],
  ["a key of the earlier server", `mcp_${randomBytes(32).toString("base64url")}`],
  ["one that begins like a key of today", `mcp_1${"0UfF4PukRV".repeat(2)}_${hex().slice(0, 21)}`],
  ["a classic token", `ghp_${hex()}`],
  ["a fine-grained token", `github_pat_${hex()}_${hex()}`],
  ["an installation token", `ghs_1234_${randomBytes(390).toString("base64url")}.-x`],
  ["a header", `Bearer ${hex()}`],
])("cuts %s short wherever it stands", (_, secret) => {
  const line = logged(
    { headers: { authorization: secret }, err: new Error(`${secret} was refused`), [secret]: 1 },
    `about ${secret}`,
  );
  const tail = secret.slice(-12);
  expect(line).not.toContain(tail);
  expect(line).toContain("...");
  expect(() => JSON.parse(line)).not.toThrow();
});

it("cuts the password out of the address of a Redis", () => {
  const line = logged({ url: "rediss://user:s3cret-password@redis.corp:6379/0" });
  expect(line).toContain("rediss://...@redis.corp:6379/0");
  expect(line).not.toContain("s3cret");
});

it("leaves the public id of a key, and everything else", () => {
  const { key, id } = generateKey();
  expect(JSON.parse(logged({ key, key_id: id, path: "/admin/tokens/mcp_..." }))).toMatchObject({
    key: `mcp_1${id}...`,
    key_id: id,
    path: "/admin/tokens/mcp_...",
  });
});
