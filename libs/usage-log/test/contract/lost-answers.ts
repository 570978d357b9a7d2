import { expect, it } from "vitest";

import { call, FaultyStorage, logOn, type OpenPlace } from "./fixtures.ts";

/** That each call is counted once, whatever becomes of a flush. */
export function describeLostAnswers(open: OpenPlace): void {
  it("does not count twice what was stored although the answer was lost", async () => {
    const place = await open();
    const storage = new FaultyStorage(await place());
    const log = logOn(storage);
    log.note(call());
    storage.next = "answer-lost";
    await expect(log.flush()).rejects.toMatchObject({ code: "usage-unavailable" });
    expect((await log.totals()).calls).toBe(1);
    log.note(call());
    expect((await log.totals()).calls).toBe(2);
    await log.flush();
    await log.flush();
    expect((await log.totals()).calls).toBe(2);
  });

  it("keeps what was refused, and stores it with the next flush", async () => {
    const storage = new FaultyStorage(await (await open())());
    const log = logOn(storage);
    log.note(call());
    storage.next = "refused";
    await expect(log.flush()).rejects.toMatchObject({ code: "usage-unavailable" });
    expect((await log.totals()).calls).toBe(1);
    log.note(call());
    await log.flush();
    expect((await log.totals()).calls).toBe(2);
  });

  it("takes a batch once, however often it is sent", async () => {
    const storage = await (await open())();
    const subject = { keyId: "k1", userId: "alice", tool: "fetch" };
    const row = { ...subject, calls: 1, errors: 0, denials: 0, points: 1 };
    const bounds = { day: "2026-11-22", rows: [row], maxRows: 10, keepDays: 90 };
    await Promise.all([
      storage.add({ ...bounds, writer: "a", sequence: 1 }),
      storage.add({ ...bounds, writer: "a", sequence: 1 }),
      storage.add({ ...bounds, writer: "b", sequence: 1 }),
    ]);
    await storage.add({ ...bounds, writer: "a", sequence: 2 });
    await storage.add({ ...bounds, writer: "a", sequence: 1 });
    expect(await storage.read("2026-11-22", "a")).toEqual({
      rows: [{ ...row, calls: 3, points: 3 }],
      sequence: 2,
    });
    expect(await storage.read("2026-11-22", "b")).toMatchObject({ sequence: 1 });
    expect(await storage.read("2026-11-22", "c")).toMatchObject({ sequence: 0 });
  });

  it("sees every call once while it is read and stored at the same time", async () => {
    const log = logOn(await (await open())());
    let noted = 0;
    const seen: number[] = [];
    for (let round = 0; round < 20; round += 1) {
      log.note(call());
      noted += 1;
      const before = noted;
      const [flushed, total] = [log.flush(), log.totals()];
      log.note(call());
      noted += 1;
      await flushed;
      const { calls } = await total;
      expect(calls).toBeGreaterThanOrEqual(before);
      expect(calls).toBeLessThanOrEqual(noted);
      seen.push(calls);
    }
    await log.flush();
    expect(seen).toHaveLength(20);
    expect((await log.totals()).calls).toBe(noted);
  });
}
