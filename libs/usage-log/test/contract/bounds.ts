import { expect, it } from "vitest";

import { call, Clock, dayMs, FaultyStorage, logOn, type OpenPlace } from "./fixtures.ts";

/** What keeps a log from growing without end. */
export function describeBounds(open: OpenPlace): void {
  it("counts as key other what has no row left, and goes on counting the rows there are", async () => {
    const log = logOn(await (await open())(), { maxRows: 3 });
    const note = async (keyId: string) => {
      log.note(call({ keyId, points: 1 }));
      await log.flush();
    };
    for (const keyId of ["a", "b", "c", "d", "e", "a", "d"]) await note(keyId);
    const counts = { errors: 0, denials: 0 };
    expect(await log.read({ groupBy: ["key", "user", "tool"] })).toEqual([
      { keyId: "a", userId: "alice", tool: "fetch", calls: 2, ...counts, points: 2 },
      { keyId: "b", userId: "alice", tool: "fetch", calls: 1, ...counts, points: 1 },
      { keyId: "c", userId: "alice", tool: "fetch", calls: 1, ...counts, points: 1 },
      { keyId: "other", tool: "other", calls: 3, ...counts, points: 3 },
    ]);
  });

  it("has room again on the next day", async () => {
    const clock = new Clock();
    const log = logOn(await (await open())(), { now: clock.now, maxRows: 1 });
    for (const keyId of ["a", "b"]) log.note(call({ keyId }));
    await log.flush();
    clock.ms += dayMs;
    log.note(call({ keyId: "b" }));
    await log.flush();
    const rows = await log.read({ groupBy: ["day", "key"] });
    expect(rows.map(({ day, keyId }) => [day, keyId])).toEqual([
      ["2026-11-22", "a"],
      ["2026-11-22", "other"],
      ["2026-11-23", "b"],
    ]);
  });

  it("bounds what waits while the storage is away, also what was sent, and loses no count", async () => {
    const storage = new FaultyStorage(await (await open())(), 2);
    const log = logOn(storage, { maxRows: 4 });
    for (const keyId of ["a", "b", "c"]) log.note(call({ keyId }));
    storage.next = "answer-lost";
    await expect(log.flush()).rejects.toMatchObject({ code: "usage-unavailable" });
    // Two rows are out, one waits: there is room for one more.
    for (const keyId of ["d", "e", "f", "c"]) log.note(call({ keyId }));
    const expected = ["a", "b", "c", "c", "d", "other", "other"];
    expect(await keysIn(log)).toEqual(expected);
    await log.flush();
    expect(await keysIn(log)).toEqual(expected);
  });

  it("lets days go that are not kept any more", async () => {
    const clock = new Clock();
    const place = await open();
    const log = logOn(await place(), { now: clock.now, keepDays: 3 });
    for (let day = 0; day < 5; day += 1) {
      log.note(call());
      await log.flush();
      clock.ms += dayMs;
    }
    clock.ms -= dayMs;
    const kept = ["2026-11-24", "2026-11-25", "2026-11-26"];
    expect((await log.read({ groupBy: ["day"] })).map(({ day }) => day)).toEqual(kept);
    expect((await log.read({ from: "2026-01-01", groupBy: ["day"] })).length).toBe(3);
  });

  it("cuts long names off", async () => {
    const log = logOn(await (await open())());
    const long = "x".repeat(10_000);
    log.note({ keyId: long, userId: long, tool: long, outcome: "ok" });
    await log.flush();
    const [row] = await log.read();
    const cut = "x".repeat(256);
    expect(row).toMatchObject({ keyId: cut, userId: cut, tool: cut, calls: 1 });
  });
}

/** The key of each call that a log has counted, sorted. */
async function keysIn(log: ReturnType<typeof logOn>): Promise<readonly (string | undefined)[]> {
  const rows = await log.read({ groupBy: ["key"] });
  return rows.flatMap(({ keyId, calls }) => Array.from({ length: calls }, () => keyId));
}
