import { expect, it } from "vitest";

import { DayLedger } from "../src/day-ledger.ts";

const row = {
  keyId: "k1",
  userId: "alice",
  tool: "fetch",
  calls: 1,
  errors: 0,
  denials: 0,
  points: 0,
};
const bounds = { day: "2026-11-22", rows: [row], maxRows: 10, keepDays: 90 };

it("remembers the hundred writers that wrote last, however often a server was restarted", () => {
  const ledger = new DayLedger();
  for (let i = 1; i <= 150; i += 1) {
    expect(ledger.add({ ...bounds, writer: `w${i}`, sequence: 1 })).toBe(true);
    expect(ledger.add({ ...bounds, writer: "oldest", sequence: i - 1 })).toBe(false);
    expect(ledger.add({ ...bounds, writer: "oldest", sequence: i })).toBe(true);
  }
  expect([...ledger.sequences]).toHaveLength(100);
  expect(ledger.add({ ...bounds, writer: "oldest", sequence: 150 })).toBe(false);
  expect(ledger.add({ ...bounds, writer: "w150", sequence: 1 })).toBe(false);
  expect(ledger.read("oldest").rows).toEqual([{ ...row, calls: 300 }]);
});
