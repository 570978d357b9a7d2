import { expect, it } from "vitest";

import type { AuditQuery, AuditStorage } from "../../src/index.ts";
import { addRecords, event, logOn } from "./fixtures.ts";

export function describePaging(open: () => Promise<AuditStorage>): void {
  it.each<[AuditQuery, readonly number[]]>([
    [{ limit: 3 }, [1, 2, 3]],
    [{ after: 3, limit: 3 }, [4, 5, 6]],
    [{ after: 29 }, [30]],
    [{ after: 30 }, []],
    [{ before: 3 }, [1, 2]],
    [{ after: 10, before: 13 }, [11, 12]],
    [{ newestFirst: true, limit: 3 }, [30, 29, 28]],
    [{ newestFirst: true, before: 28, limit: 3 }, [27, 26, 25]],
    [{ newestFirst: true, after: 5, before: 8 }, [7, 6]],
    [{ limit: 0 }, []],
    [{ after: Number.MAX_SAFE_INTEGER }, []],
    [{ before: 0 }, []],
  ])("shows of 30 records for %o: %o", async (query, seqs) => {
    const log = logOn(await open());
    await addRecords(log, 30);
    expect((await log.read(query)).map(({ seq }) => seq)).toEqual(seqs);
  });

  it("shows the records of one actor, action or key", async () => {
    const log = logOn(await open());
    await log.append(event);
    await log.append({ ...event, actor: "bob" });
    await log.append({ ...event, action: "token.delete", keyId: "0123456789" });
    await log.append({ ...event, actor: "bob", keyId: "0123456789" });
    const seqsOf = async (query: AuditQuery) => (await log.read(query)).map(({ seq }) => seq);
    expect(await seqsOf({ actor: "bob" })).toEqual([2, 4]);
    expect(await seqsOf({ action: "token.delete" })).toEqual([3]);
    expect(await seqsOf({ keyId: "0123456789", newestFirst: true })).toEqual([4, 3]);
    expect(await seqsOf({ actor: "bob", keyId: "0123456789" })).toEqual([4]);
    expect(await seqsOf({ actor: "eve" })).toEqual([]);
  });

  it("reads pages to the end without a gap", async () => {
    const log = logOn(await open());
    await Promise.all(Array.from({ length: 1_300 }, () => log.append(event)));
    const seen: number[] = [];
    for (;;) {
      const page = await log.read({ after: seen.at(-1), limit: 400 });
      if (page.length === 0) break;
      seen.push(...page.map(({ seq }) => seq));
    }
    expect(seen).toEqual(Array.from({ length: 1_300 }, (_, i) => i + 1));
    const newest = await log.read({ newestFirst: true, limit: 5_000 });
    expect(newest.map(({ seq }) => seq)).toEqual(seen.toReversed().slice(0, 1_000));
  });
}
