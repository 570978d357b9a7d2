import { expect, it } from "vitest";

import type { AuditStorage } from "../../src/index.ts";
import { addRecords, contentOf, fill, logOn } from "./fixtures.ts";

/** `openSmall` gives an empty storage that keeps no more than 30 records. */
export function describeRetention(
  open: () => Promise<AuditStorage>,
  openSmall: () => Promise<AuditStorage>,
): void {
  it("lets the oldest records go, says so in the chain, and stays intact", async () => {
    const storage = await openSmall();
    const log = logOn(storage);
    await addRecords(log, 100);
    const verdict = await log.verify();
    if (!verdict.ok) throw new Error(`Record ${verdict.seq} is ${verdict.kind}.`);
    expect(verdict.from).toBeGreaterThan(50);
    expect(verdict.records).toBe(verdict.to - verdict.from + 1);
    expect(verdict.records).toBeLessThanOrEqual(31);

    const [trimmed] = await log.read({ action: "audit.trimmed", newestFirst: true });
    expect(trimmed).toMatchObject({ actor: "audit-log", outcome: "ok" });
    expect(trimmed?.details).toEqual({ firstKept: verdict.from });
    expect(await logOn(storage).read()).toHaveLength(verdict.records);
    // Every record that was added has a seq; the others are those of the log itself.
    const targets = (await log.read()).flatMap(({ target }) => target ?? []);
    expect(targets.at(-1)).toBe("100");
    expect(targets.map(Number)).toEqual(targets.map((_, i) => 101 - targets.length + i));
  });

  it("finds what is cut off at the front without saying so", async () => {
    const storage = await openSmall();
    await addRecords(logOn(storage), 100);
    const { lines, head } = await contentOf(storage);
    const from = (await logOn(storage).read({ limit: 1 }))[0]?.seq ?? 0;
    const cut = logOn(await fill(await open(), { lines: lines.slice(2), head }));
    expect(await cut.verify()).toEqual({ ok: false, kind: "missing", seq: from });
  });

  it("is intact where a crash has kept some of what was let go", async () => {
    const storage = await openSmall();
    const log = logOn(storage);
    const all: string[] = [];
    for (let i = 0; i < 60; i += 1) {
      await addRecords(log, 1);
      const { lines } = await contentOf(storage);
      all.push(...lines.filter((line) => !all.includes(line)));
    }
    const { head } = await contentOf(storage);
    const verdict = await logOn(await fill(await open(), { lines: all, head })).verify();
    expect(verdict).toMatchObject({ ok: true, from: 1, records: all.length });
    const partly = { lines: all.slice(3), head };
    expect(await logOn(await fill(await open(), partly)).verify()).toMatchObject({ from: 4 });
  });
}
