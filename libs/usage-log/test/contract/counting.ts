import { expect, it } from "vitest";

import { call, Clock, dayMs, logOn, type OpenPlace } from "./fixtures.ts";

/** What is counted, and how it is read. */
export function describeCounting(open: OpenPlace): void {
  it("counts calls, errors, denials and points by day, key, user and tool", async () => {
    const place = await open();
    const log = logOn(await place());
    log.note(call({ points: 3 }));
    log.note(call({ outcome: "error", points: 1 }));
    log.note(call({ outcome: "denied" }));
    log.note(call({ tool: "reply" }));
    log.note(call({ userId: undefined }));
    log.note(call({ tool: undefined, outcome: "denied" }));
    log.note(call({ keyId: "k0", userId: "bob" }));
    const day = "2026-11-22";
    const one = { calls: 1, errors: 0, denials: 0, points: 0 };
    const expected = [
      { day, keyId: "k0", userId: "bob", tool: "fetch", ...one },
      { day, keyId: "k1", tool: "fetch", ...one },
      { day, keyId: "k1", userId: "alice", ...one, denials: 1 },
      {
        day,
        keyId: "k1",
        userId: "alice",
        tool: "fetch",
        calls: 3,
        errors: 1,
        denials: 1,
        points: 4,
      },
      { day, keyId: "k1", userId: "alice", tool: "reply", ...one },
    ];
    expect(await log.read()).toEqual(expected);
    await log.flush();
    expect(await log.read()).toEqual(expected);
    expect(await logOn(await place()).read()).toEqual(expected);
  });

  it("adds what is not stored yet to what is", async () => {
    const log = logOn(await (await open())());
    log.note(call({ points: 2 }));
    await log.flush();
    log.note(call({ points: 5 }));
    expect(await log.read({ groupBy: ["key"] })).toEqual([
      { keyId: "k1", calls: 2, errors: 0, denials: 0, points: 7 },
    ]);
  });

  it("sums up by what it is asked to, and of whom it is asked", async () => {
    const log = logOn(await (await open())());
    log.note(call({ points: 1 }));
    log.note(call({ keyId: "k2", points: 2 }));
    log.note(call({ keyId: "k2", userId: "bob", tool: "reply", outcome: "error", points: 4 }));
    await log.flush();
    const counts = { errors: 0, denials: 0 };
    expect(await log.read({ groupBy: ["user"] })).toEqual([
      { userId: "alice", calls: 2, ...counts, points: 3 },
      { userId: "bob", calls: 1, ...counts, errors: 1, points: 4 },
    ]);
    expect(await log.read({ userId: "alice", groupBy: ["key", "tool"] })).toEqual([
      { keyId: "k1", tool: "fetch", calls: 1, ...counts, points: 1 },
      { keyId: "k2", tool: "fetch", calls: 1, ...counts, points: 2 },
    ]);
    expect(await log.totals()).toEqual({ calls: 3, errors: 1, denials: 0, points: 7 });
    expect(await log.totals({ keyId: "k2" })).toMatchObject({ calls: 2, points: 6 });
    expect(await log.totals({ tool: "reply" })).toMatchObject({ calls: 1, points: 4 });
    expect(await log.totals({ userId: "eve" })).toEqual({ ...counts, calls: 0, points: 0 });
    expect(await log.read({ userId: "eve", groupBy: [] })).toEqual([]);
  });

  it("begins a new day at midnight in UTC, and reads from one day to another", async () => {
    const clock = new Clock();
    clock.ms = Date.parse("2026-02-27T23:59:59.999Z");
    const log = logOn(await (await open())(), { now: clock.now });
    log.note(call());
    clock.ms += 1;
    log.note(call());
    await log.flush();
    clock.ms += dayMs;
    log.note(call());
    const daysOf = async (from?: string, to?: string) =>
      (await log.read({ from, to, groupBy: ["day"] })).map(({ day }) => day);
    expect(await daysOf()).toEqual(["2026-02-27", "2026-02-28", "2026-03-01"]);
    expect(await daysOf("2026-02-28")).toEqual(["2026-02-28", "2026-03-01"]);
    expect(await daysOf(undefined, "2026-02-28")).toEqual(["2026-02-27", "2026-02-28"]);
    expect(await daysOf("2026-02-28", "2026-02-28")).toEqual(["2026-02-28"]);
    expect(await daysOf("2026-03-01", "2026-02-28")).toEqual([]);
  });

  it.each(["2026-02-30", "2026-2-3", "yesterday", "", "2026-11-22T00:00:00Z"])(
    "refuses the day %o",
    async (day) => {
      const log = logOn(await (await open())());
      await expect(log.read({ from: day })).rejects.toMatchObject({ code: "invalid-day" });
      await expect(log.totals({ to: day })).rejects.toMatchObject({ code: "invalid-day" });
    },
  );

  it("keeps apart ids and names of any characters", async () => {
    const place = await open();
    const log = logOn(await place());
    const names = ["", " ", "a", "a b", '"', "\\", "\n", "é", "e\u0301", "😀", "\ud83d", "0", "[]"];
    for (const keyId of names) {
      for (const userId of [undefined, ...names]) {
        for (const tool of [undefined, ...names]) log.note(call({ keyId, userId, tool }));
      }
    }
    await log.flush();
    const rows = await logOn(await place()).read();
    expect(rows).toHaveLength(names.length * (names.length + 1) ** 2);
    expect(new Set(rows.map(({ calls }) => calls))).toEqual(new Set([1]));
    expect(new Set(rows.map(({ keyId }) => keyId))).toEqual(new Set(names));
    expect(new Set(rows.map(({ userId }) => userId))).toEqual(new Set([undefined, ...names]));
    expect(new Set(rows.map(({ tool }) => tool))).toEqual(new Set([undefined, ...names]));
  });

  it("counts no points that GitHub cannot have charged", async () => {
    const log = logOn(await (await open())());
    for (const points of [Number.NaN, Infinity, -1, 0.5, 1e9, 1e300]) log.note(call({ points }));
    await log.flush();
    expect(await log.totals()).toEqual({ calls: 6, errors: 0, denials: 0, points: 0 });
  });
}
