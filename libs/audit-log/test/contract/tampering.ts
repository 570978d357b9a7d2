import fc from "fast-check";
import { expect, it } from "vitest";

import { type AuditStorage, MemoryAuditStorage } from "../../src/index.ts";
import { addRecords, contentOf, event, fill, k2, logOn } from "./fixtures.ts";

const length = 12;
const place = fc.integer({ min: 1, max: length });

/** What was done to the lines of a log, and what is to be found. */
interface Tampering {
  readonly lines: readonly string[];
  readonly kinds: readonly string[];
  readonly seq: number;
}

type Change = (lines: readonly string[]) => Tampering;

/** Another character anywhere in a line, one more, or one less; a line feed makes two lines of it. */
const edit = fc
  .tuple(place, fc.nat(), fc.constantFrom(0, 1), fc.string({ maxLength: 1, unit: "binary" }))
  .map(([seq, at, removed, text]): Change => (lines) => {
    const line = lines[seq - 1] ?? "";
    const start = at % line.length;
    const edited = line.slice(0, start) + text + line.slice(start + removed);
    const kinds = edited === line ? ["intact"] : ["altered", "unknown-key"];
    return { lines: lines.with(seq - 1, edited), kinds, seq };
  });

const removal = place.map((seq): Change => (lines) => ({
  lines: lines.toSpliced(seq - 1, 1),
  kinds: ["missing"],
  seq,
}));

const swap = fc
  .uniqueArray(place, { minLength: 2, maxLength: 2 })
  .map((places) => places.toSorted((a, b) => a - b))
  .map(([a = 1, b = 1]): Change => (lines) => ({
    lines: lines.with(a - 1, lines[b - 1] ?? "").with(b - 1, lines[a - 1] ?? ""),
    kinds: ["reordered"],
    seq: a,
  }));

const duplication = fc
  .tuple(place, fc.nat({ max: length }))
  .map(([seq, at]): Change => (lines) => ({
    lines: lines.toSpliced(at, 0, lines[seq - 1] ?? ""),
    kinds: ["duplicated"],
    seq,
  }));

const cutAtEnd = place.map((seq): Change => (lines) => ({
  lines: lines.slice(0, seq - 1),
  kinds: ["missing"],
  seq,
}));

const cutAtFront = place.map((count): Change => (lines) => ({
  lines: lines.slice(count),
  kinds: ["missing"],
  seq: 1,
}));

export function describeTampering(open: () => Promise<AuditStorage>, numRuns: number): void {
  it.each(Object.entries({ edit, removal, swap, duplication, cutAtEnd, cutAtFront }))(
    "names the first record of any %s",
    async (_, changes) => {
      const original = new MemoryAuditStorage();
      await addRecords(logOn(original), length);
      const { lines, head } = await contentOf(original);
      const property = fc.asyncProperty(changes, async (change) => {
        const { lines: changed, kinds, seq } = change(lines);
        const verdict = await logOn(await fill(await open(), { lines: changed, head })).verify();
        expect(kinds).toContain(verdict.ok ? "intact" : verdict.kind);
        expect(verdict.ok ? seq : verdict.seq).toBe(seq);
      });
      await fc.assert(property, { numRuns });
    },
  );

  it.each([
    ["gone", ""],
    ["altered", '{"first":1,"last":"0","seq":3,"signedBy":"k1","hash":"0"}'],
  ])("says so when the head is %s", async (_, head) => {
    const original = new MemoryAuditStorage();
    await addRecords(logOn(original), 3);
    const log = logOn(await fill(await open(), { ...(await contentOf(original)), head }));
    expect(await log.verify()).toEqual({ ok: false, kind: "head", seq: 4 });
    await expect(log.append(event)).rejects.toMatchObject({ code: "audit-damaged" });
    await expect(log.ready()).rejects.toMatchObject({ code: "audit-damaged" });
    expect(await log.read()).toHaveLength(3);
  });

  it("finds a record that a holder of another key has signed", async () => {
    const [ours, theirs] = [new MemoryAuditStorage(), new MemoryAuditStorage()];
    await addRecords(logOn(ours), 3);
    await addRecords(logOn(theirs, [{ ...k2, id: "k1" }]), 3);
    const { lines, head } = await contentOf(ours);
    const forged = lines.with(1, (await contentOf(theirs)).lines[1] ?? "");
    const log = logOn(await fill(await open(), { lines: forged, head }));
    expect(await log.verify()).toEqual({ ok: false, kind: "altered", seq: 2 });
  });

  it("finds a record of another log that has the same key", async () => {
    const [ours, theirs] = [new MemoryAuditStorage(), new MemoryAuditStorage()];
    await addRecords(logOn(ours), 3);
    await logOn(theirs).append({ ...event, actor: "eve" });
    await addRecords(logOn(theirs), 2);
    const [a, b] = [await contentOf(ours), await contentOf(theirs)];
    const mixed = a.lines.with(1, b.lines[1] ?? "");
    const log = logOn(await fill(await open(), { lines: mixed, head: a.head }));
    expect(await log.verify()).toEqual({ ok: false, kind: "foreign", seq: 2 });
    const whole = logOn(await fill(await open(), { lines: b.lines, head: a.head }));
    expect(await whole.verify()).toEqual({ ok: false, kind: "foreign", seq: 3 });
  });

  it("goes on behind a record that was altered, and still names it", async () => {
    const original = new MemoryAuditStorage();
    await addRecords(logOn(original), 3);
    const { lines, head } = await contentOf(original);
    const altered = lines.with(2, (lines[2] ?? "").replace("admin", "eve"));
    const log = logOn(await fill(await open(), { lines: altered, head }));
    expect(await log.append(event)).toMatchObject({ seq: 4 });
    expect(await log.verify()).toEqual({ ok: false, kind: "altered", seq: 3 });
  });
}
