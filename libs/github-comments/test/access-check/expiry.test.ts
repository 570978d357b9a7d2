import { expect, it } from "vitest";

import { tokenExpiry } from "../../src/access-check/expiry.ts";

it.each([
  ["2026-11-25 08:00:00 UTC", "2026-11-25T08:00:00.000Z"],
  ["2026-11-25 08:00:00 +0500", "2026-11-25T03:00:00.000Z"],
  ["2026-11-25 08:00:00 -0330", "2026-11-25T11:30:00.000Z"],
  ["2026-13-25 08:00:00 UTC", undefined],
  ["tomorrow", undefined],
  ["", undefined],
])("reads %j as %s", (header, expiry) => {
  expect(tokenExpiry({ "github-authentication-token-expiration": header })).toBe(expiry);
});

it("knows no expiry where there is no header", () => {
  expect(tokenExpiry({})).toBeUndefined();
});
