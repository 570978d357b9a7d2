import { randomBytes } from "node:crypto";

import { generateKey, MemoryRecordStorage, Seal, TokenStore } from "@pr-review/token-store";
import { expect, it } from "vitest";

import { authenticate } from "../src/index.ts";

const tokens = new TokenStore(new MemoryRecordStorage(), new Seal(randomBytes(32)));
const grant = { githubToken: "ghp_a", githubHost: "ghe.example", userId: "alice" };

it("finds the caller, the GitHub token and the host it is bound to", async () => {
  const { key, record } = await tokens.issue(grant);
  expect(await authenticate(`Bearer ${key}`, tokens)).toEqual({
    keyId: record.id,
    userId: "alice",
    credential: { token: "ghp_a", host: "ghe.example" },
  });
});

it("refuses unknown, malformed and revoked keys in the same words", async () => {
  const { key } = await tokens.issue(grant);
  await tokens.revoke(key);
  const refusals = await Promise.all(
    [key, generateKey().key, `${key}x`, "mcp_short", "ghp_a"].map((text) =>
      authenticate(`Bearer ${text}`, tokens).catch(String),
    ),
  );
  expect(new Set(refusals).size).toBe(1);
  expect(refusals[0]).toContain("This API key is not valid");
});

it("passes the error of a broken store on, instead of calling the key wrong", async () => {
  const broken = { find: () => Promise.reject(new Error("store is down")) };
  await expect(authenticate(`Bearer ${generateKey().key}`, broken)).rejects.toThrow(
    "store is down",
  );
});
