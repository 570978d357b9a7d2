import { expect, it } from "vitest";

import { type AuditBatch, type AuditStorage, MemoryAuditStorage } from "../../src/index.ts";
import { contentOf, event, fill, logOn } from "./fixtures.ts";

/** Remembers every head that it was given. */
class HeadKeeper extends MemoryAuditStorage {
  readonly heads: string[] = [];

  override async append(batch: AuditBatch): ReturnType<MemoryAuditStorage["append"]> {
    this.heads.push(batch.head);
    return super.append(batch);
  }
}

/** Five records in the appends 1, 2 and 3-5; with the head before the first and after each of them. */
async function threeAppends(): Promise<{ lines: readonly string[]; heads: readonly string[] }> {
  const storage = new HeadKeeper();
  const log = logOn(storage);
  await log.append(event);
  await Promise.all(Array.from({ length: 4 }, () => log.append(event)));
  const batches = (await log.read()).map(({ batch }) => batch);
  expect(batches).toEqual([1, 2, 3, 3, 3]);
  return { lines: (await contentOf(storage)).lines, heads: storage.heads };
}

export function describeCrashes(open: () => Promise<AuditStorage>): void {
  it.each([3, 4, 5])(
    "takes a head that a crash has left at record 2 of %i for no tampering, and goes on",
    async (count) => {
      const { lines, heads } = await threeAppends();
      const content = { lines: lines.slice(0, count), head: heads[2] ?? "" };
      const log = logOn(await fill(await open(), content));
      expect(await log.verify()).toMatchObject({ ok: true, records: count, to: count });
      expect(await log.append(event)).toMatchObject({ seq: count + 1, batch: count + 1 });
      expect(await log.verify()).toMatchObject({ ok: true, records: count + 1 });
    },
  );

  it("goes on after a crash in the very first append", async () => {
    const { lines, heads } = await threeAppends();
    const content = { lines: lines.slice(0, 1), head: heads[0] ?? "" };
    const log = logOn(await fill(await open(), content));
    expect(await log.verify()).toMatchObject({ ok: true, records: 1 });
    expect(await log.append(event)).toMatchObject({ seq: 2 });
  });

  it("finds a head that is two appends behind, and adds nothing to such a log", async () => {
    const { lines, heads } = await threeAppends();
    const log = logOn(await fill(await open(), { lines, head: heads[1] ?? "" }));
    expect(await log.verify()).toEqual({ ok: false, kind: "head", seq: 2 });
    await expect(log.append(event)).rejects.toMatchObject({ code: "audit-damaged" });
    expect(await log.read()).toHaveLength(5);
  });
}
