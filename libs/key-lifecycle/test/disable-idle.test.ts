import { MemoryRecordStorage, type StoredToken, TokenStoreError } from "@pr-review/token-store";
import { expect, it } from "vitest";

import { dayMs, hourMs, startRig } from "./rig.ts";

const options = { idleDays: 30 };

it("disables no key unless it is told to", async () => {
  const { clock, issue, lifecycle, tokens } = startRig();
  const id = await issue();
  clock.time += 4_000 * dayMs;
  await lifecycle.run();
  expect(await tokens.get(id)).toMatchObject({ disabled: false });
});

it("disables the keys that nobody used for so many days, and tells of them once", async () => {
  const { clock, issue, lifecycle, mail, events, tokens } = startRig({ options });
  const [unused, used, expired] = [
    await issue({ userId: "alice" }),
    await issue(),
    await issue({ expiresAt: clock.time + 10 * dayMs - 60 * dayMs }),
  ];
  tokens.noteUse(used);
  const usedAt = new Date(clock.time).toISOString();
  clock.time += 30 * dayMs;
  await lifecycle.run();
  expect(mail.told).toEqual([]);
  clock.time += 1;
  await lifecycle.run();
  await lifecycle.run();
  const idle = { disabled: true, disabledReason: "idle" };
  expect(await tokens.get(unused)).toMatchObject(idle);
  expect(await tokens.get(used)).toMatchObject(idle);
  expect(await tokens.get(expired)).toMatchObject({ disabled: false });
  expect(mail.notices).toMatchObject([
    {
      kind: "keys-disabled-idle",
      subject: "PR Review MCP: 2 idle keys disabled",
      data: {
        keys: [
          { key_id: unused, user_id: "alice", last_used_at: null },
          { key_id: used, user_id: null, last_used_at: usedAt },
        ],
      },
    },
  ]);
  expect(events).toEqual(
    [unused, used].map((keyId) => ({
      actor: "system",
      action: "token.disabled-idle",
      keyId,
      outcome: "ok",
      details: { idle_days: 30 },
    })),
  );
});

it("leaves a key that was used between the look and its turn", async () => {
  class BusyStorage extends MemoryRecordStorage {
    /** Everything is used right after it was listed. */
    override async list() {
      const records = await super.list();
      for (const { id } of records) await this.touch(id, clock.time);
      return records;
    }
  }
  const { clock, issue, lifecycle, mail, events, tokens } = startRig({
    storage: new BusyStorage(),
    options,
  });
  const id = await issue();
  clock.time += 31 * dayMs;
  await lifecycle.run();
  expect(await tokens.get(id)).toMatchObject({ disabled: false, lastUsedAt: clock.time });
  expect([mail.notices, events]).toEqual([[], []]);
});

it("leaves a key alone that an admin enabled again, until it was used and is idle anew", async () => {
  const { clock, issue, lifecycle, mail, tokens } = startRig({ options });
  const id = await issue();
  clock.time += 31 * dayMs;
  await lifecycle.run();
  await tokens.update(id, { disabled: false });
  for (let day = 0; day < 60; day += 1) {
    clock.time += dayMs;
    await lifecycle.run();
  }
  expect(await tokens.get(id)).toMatchObject({ disabled: false, disabledReason: undefined });
  tokens.noteUse(id);
  clock.time += 31 * dayMs;
  await lifecycle.run();
  expect(await tokens.get(id)).toMatchObject({ disabled: true });
  expect(mail.told).toEqual([id, id]);
});

it("goes on after a record that does not open", async () => {
  class TamperedStorage extends MemoryRecordStorage {
    override async get(id: string) {
      const record = await super.get(id);
      return id === first ? { ...(record as StoredToken), userId: "mallory" } : record;
    }
  }
  const { clock, issue, lifecycle, mail, failures } = startRig({
    storage: new TamperedStorage(),
    options,
  });
  const first = await issue({ userId: "alice" });
  const second = await issue();
  clock.time += 31 * dayMs;
  await lifecycle.run();
  expect(mail.told).toEqual([second]);
  expect(failures).toEqual([{ code: "key-unreadable", keyId: first, reason: "unreadable-record" }]);
});

it("tells of the keys it disabled before the store went away, and does the others later", async () => {
  class BreakingStorage extends MemoryRecordStorage {
    left = 2;
    override async replace(record: StoredToken, version: number) {
      this.left -= 1;
      if (this.left < 0) throw new TokenStoreError("store-unavailable", "It is out of reach.");
      return super.replace(record, version);
    }
  }
  const storage = new BreakingStorage();
  const { clock, issue, lifecycle, mail, events, failures } = startRig({ storage, options });
  const ids = [await issue(), await issue(), await issue(), await issue()];
  clock.time += 31 * dayMs;
  await lifecycle.run();
  expect(mail.told).toEqual(ids.slice(0, 2));
  expect(failures).toEqual([{ code: "disabling-failed", reason: "store-unavailable" }]);
  storage.left = Infinity;
  clock.time += hourMs;
  await lifecycle.run();
  expect(mail.told).toEqual(ids);
  expect(events.map(({ keyId }) => keyId)).toEqual(ids);
});

it("disables a key even when the audit log or a channel is out of reach, and says so", async () => {
  const onEvent = async () => Promise.reject(new Error("canary"));
  const { clock, issue, lifecycle, mail, tokens, failures } = startRig({
    options: { ...options, onEvent },
  });
  const id = await issue();
  clock.time += 31 * dayMs;
  mail.isDown = true;
  await lifecycle.run();
  expect(await tokens.get(id)).toMatchObject({ disabled: true });
  expect(failures).toEqual([
    { code: "event-lost", keyId: id, reason: "Error" },
    { code: "notice-lost", channel: "mail", reason: "ECONNREFUSED" },
  ]);
});
