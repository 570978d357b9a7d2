import { expect, it } from "vitest";

import { expiryWarnings } from "../src/expiry-warnings.ts";
import type { KeyRecord } from "../src/key-record.ts";
import { dayMs } from "./rig.ts";

const end = 1_000 * dayMs;

function record(fields: Partial<KeyRecord>): KeyRecord {
  return {
    id: "0a1B2c3D4e",
    userId: "alice",
    createdAt: 0,
    lastUsedAt: undefined,
    expiresAt: undefined,
    disabled: false,
    githubTokenExpiresAt: undefined,
    rotatedTo: undefined,
    ...fields,
  };
}

function briefly(fields: Partial<KeyRecord>, now: number): readonly string[] {
  return expiryWarnings([record(fields)], now).map(({ what, stage }) => `${what} ${stage}`);
}

it.each([
  [-7 * dayMs - 1, []],
  [-7 * dayMs, ["7-days"]],
  [-dayMs - 1, ["7-days"]],
  [-dayMs, ["1-day"]],
  [-1, ["1-day"]],
  [0, ["expired"]],
  [30 * dayMs, ["expired"]],
  [30 * dayMs + 1, []],
])("warns %i ms from the expiry of %j", (fromEnd, stages) => {
  const now = end + fromEnd;
  expect(briefly({ expiresAt: end }, now)).toEqual(stages.map((stage) => `key ${stage}`));
  const token = stages.map((stage) => `github-token ${stage}`);
  expect(briefly({ githubTokenExpiresAt: end }, now)).toEqual(token);
});

it("warns of a key and of its GitHub token, each by its own expiry", () => {
  const both = { expiresAt: end, githubTokenExpiresAt: end - 3 * dayMs };
  expect(briefly(both, end - 4 * dayMs)).toEqual(["key 7-days", "github-token 1-day"]);
});

it("does not warn of a stage in which the key was made", () => {
  const made = { createdAt: end - 3 * dayMs, expiresAt: end };
  expect(briefly(made, end - 3 * dayMs)).toEqual([]);
  expect(briefly(made, end - dayMs)).toEqual(["key 1-day"]);
  const token = { createdAt: end - 3 * dayMs, githubTokenExpiresAt: end };
  expect(briefly(token, end - 3 * dayMs)).toEqual(["github-token 7-days"]);
});

it("does not warn of what works no more anyway, or has a successor", () => {
  const both = { expiresAt: end, githubTokenExpiresAt: end };
  expect(briefly({ ...both, disabled: true }, end)).toEqual([]);
  expect(briefly({ ...both, rotatedTo: "9z8Y7x6W5v" }, end)).toEqual([]);
  expect(briefly(both, end)).toEqual(["key expired"]);
});
