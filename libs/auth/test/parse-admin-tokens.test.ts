import { createHash } from "node:crypto";

import { expect, it } from "vitest";

import { adminScopes, AdminTokensError, parseAdminTokens, plainAdminToken } from "../src/index.ts";

const sha256 = (text: string) => createHash("sha256").update(text).digest();
const hex = sha256("one").toString("hex");
const other = sha256("two").toString("hex");

it("reads names, scopes and digests", () => {
  const text = `ops|tokens:read+tokens:revoke|${hex}, root|*|${other.toUpperCase()}`;
  expect(parseAdminTokens(text)).toEqual([
    { name: "ops", scopes: ["tokens:read", "tokens:revoke"], digest: sha256("one") },
    { name: "root", scopes: adminScopes, digest: sha256("two") },
  ]);
});

it("reads when a token expires", () => {
  const text = `ops|*|${hex}|2027-01-31T12:00:00Z,root|*|${other}`;
  const [ops, root] = parseAdminTokens(text);
  expect(ops?.expiresAt).toBe(Date.UTC(2027, 0, 31, 12));
  expect(root?.expiresAt).toBeUndefined();
});

it("takes a plain token for the admin who may do everything", () => {
  const digest = sha256("admin-secret");
  expect(plainAdminToken("admin-secret")).toEqual({ name: "default", scopes: adminScopes, digest });
});

it.each([
  ["nothing", ""],
  ["a plain token", "canary"],
  ["no digest", "canary|*"],
  ["an empty digest", "canary|*|"],
  ["the token itself in place of its digest", "ops|*|canary"],
  ["a digest that is too short", `ops|*|${hex.slice(1)}`],
  ["a digest with a wrong letter", `ops|*|${hex.slice(1)}g`],
  ["an expiry that is no time", `ops|*|${hex}|canary`],
  ["an empty expiry", `ops|*|${hex}|`],
  ["a date without a time", `ops|*|${hex}|2027-01-31`],
  ["a time without its zone", `ops|*|${hex}|2027-01-31T00:00:00`],
  ["a day that is not in the calendar", `ops|*|${hex}|2027-02-30T00:00:00Z`],
  ["an hour that is not on the clock", `ops|*|${hex}|2027-01-31T25:00:00Z`],
  ["a fifth part", `ops|*|${hex}|2027-01-31T00:00:00Z|canary`],
  ["no name", `|*|${hex}`],
  ["a name with a blank", `can ary|*|${hex}`],
  ["a name that is too long", `${"canary".repeat(6)}|*|${hex}`],
  ["no scope", `ops||${hex}`],
  ["an unknown scope", `ops|canary|${hex}`],
  ["a * among scopes", `ops|tokens:read+*|${hex}`],
  ["a trailing comma", ""],
  ["a name that is taken", `root|*|${hex}`],
  ["a token that is taken", `ops|*|${other}`],
])("refuses %s in the second place, and repeats nothing of it", (_, entry) => {
  const attempt = () => parseAdminTokens(`root|*|${other},${entry}`);
  expect(attempt).toThrow(AdminTokensError);
  expect(attempt).toThrow(expect.objectContaining({ code: "invalid-admin-tokens", position: 2 }));
  expect(attempt).toThrow("Entry 2 of MCP_ADMIN_TOKENS");
  expect(attempt).not.toThrow(/canary/);
  expect(attempt).not.toThrow(hex.slice(1, 20));
});
