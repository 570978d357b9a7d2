import { expect, it } from "vitest";

import type { AuditRecord, AuditStorage, AuditVerdict } from "../../src/index.ts";
import { addRecords, event, k1, k2, logOn } from "./fixtures.ts";

export function describeAppending(open: () => Promise<AuditStorage>): void {
  it("finds an empty log intact", async () => {
    const none = { ok: true, records: 0, from: 0, to: 0, hash: "0".repeat(64) };
    expect(await logOn(await open()).verify()).toEqual(none);
  });

  it("answers each record with its place in the chain, and reads it back", async () => {
    const log = logOn(await open());
    const details = { rateLimit: 60, scopes: ["comments:read"], note: null, isNew: true };
    const whole = { ...event, keyId: "0123456789", target: "octo/*", requestId: "r1", details };
    const first = await log.append(whole);
    const second = await log.append(event);
    expect(first).toMatchObject({ ...whole, seq: 1, time: 1_000, batch: 1, signedBy: "k1" });
    expect(first.previous).toBe("0".repeat(64));
    expect(second).toMatchObject({ ...event, seq: 2, batch: 2, previous: first.hash });
    expect(await log.read()).toEqual([first, second]);
    expect(await log.verify()).toEqual({ ok: true, records: 2, from: 1, to: 2, hash: second.hash });
  });

  it("keeps the order of the calls when many come at once", async () => {
    const log = logOn(await open());
    const targets = Array.from({ length: 300 }, (_, i) => String(i));
    const records = await Promise.all(targets.map((target) => log.append({ ...event, target })));
    expect(records.map(({ target }) => target)).toEqual(targets);
    expect(records.map(({ seq }) => seq)).toEqual(targets.map((_, i) => i + 1));
    // Few writes for many records: whoever waits is taken along.
    expect(new Set(records.map(({ batch }) => batch)).size).toBeLessThan(10);
    expect(await log.verify()).toMatchObject({ ok: true, records: 300, to: 300 });
  });

  it("goes on where another instance has added", async () => {
    const storage = await open();
    const [one, two] = [logOn(storage), logOn(storage)];
    for (let i = 0; i < 5; i += 1) {
      await one.append(event);
      await two.append(event);
    }
    expect(await one.verify()).toMatchObject({ ok: true, records: 10 });
    expect((await two.read()).map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  it("keeps both of two records that tell the same of the same moment", async () => {
    const storage = await open();
    const logs = [logOn(storage), logOn(storage)];
    await Promise.all(logs.map((log) => log.ready()));
    // One after the other: each of the two writes at the end that it has seen.
    const records: AuditRecord[] = [];
    for (const log of logs) records.push(await log.append(event));
    expect(records.map(({ seq }) => seq)).toEqual([1, 2]);
    expect(new Set(records.map(({ nonce }) => nonce)).size).toBe(2);
  });

  it("adds while it is getting ready", async () => {
    const log = logOn(await open());
    const [, first, , second] = await Promise.all([
      log.ready(),
      log.append(event),
      log.ready(),
      log.append(event),
    ]);
    expect([first.seq, second.seq]).toEqual([1, 2]);
    expect(await log.verify()).toMatchObject({ ok: true, records: 2 });
  });

  it("verifies while records are added", async () => {
    const storage = await open();
    const log = logOn(storage);
    await addRecords(log, 20);
    const adding = addRecords(log, 100);
    const verdicts: AuditVerdict[] = [];
    for (let i = 0; i < 10; i += 1) verdicts.push(await logOn(storage).verify());
    await adding;
    expect(verdicts.filter(({ ok }) => !ok)).toEqual([]);
  });

  it("goes on with a new key, and verifies with all keys only", async () => {
    const storage = await open();
    await addRecords(logOn(storage), 3);
    await addRecords(logOn(storage, [k2, k1]), 2);
    const signers = (await logOn(storage).read()).map(({ signedBy }) => signedBy);
    expect(signers).toEqual(["k1", "k1", "k1", "k2", "k2"]);
    expect(await logOn(storage, [k2, k1]).verify()).toMatchObject({ ok: true, records: 5 });
    expect(await logOn(storage, [k2]).verify()).toMatchObject({ kind: "unknown-key", seq: 1 });
  });

  it("takes no record of its own action from anybody", async () => {
    const log = logOn(await open());
    const forged = { ...event, action: "audit.trimmed", details: { firstKept: 9 } };
    await expect(log.append(forged)).rejects.toMatchObject({ code: "reserved-action" });
    expect(await log.read()).toEqual([]);
  });
}
