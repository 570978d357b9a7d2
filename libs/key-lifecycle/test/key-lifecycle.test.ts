import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { MemoryRecordStorage, TokenStoreError } from "@pr-review/token-store";
import { expect, it, onTestFinished } from "vitest";

import { FileMarks } from "../src/file.ts";
import type { Notice } from "../src/notice.ts";
import { dayMs, hourMs, RecordingChannel, startClock, startRig } from "./rig.ts";

/** A storage that can be taken away. */
class FailingStorage extends MemoryRecordStorage {
  isDown = false;

  override async list() {
    if (this.isDown) throw new TokenStoreError("store-unavailable", "It is out of reach.");
    return super.list();
  }
}

it("warns once at each stage, however often it looks", async () => {
  const { clock, issue, lifecycle, mail, events } = startRig();
  const expiresAt = clock.time + 10 * dayMs;
  const id = await issue({ expiresAt, githubTokenExpiresAt: expiresAt + 5 * dayMs });
  for (let hour = 0; hour < 24 * 50; hour += 1) {
    await lifecycle.run();
    clock.time += hourMs;
  }
  const expected = [`${id} key 7-days`, `${id} github-token 7-days`, `${id} key 1-day`];
  expect(mail.told).toEqual([...expected, `${id} key expired`]);
  expect(events.map(({ action, keyId, details }) => [action, keyId, details["stage"]])).toEqual([
    ["token.expiry-warned", id, "7-days"],
    ["token.expiry-warned", id, "7-days"],
    ["token.expiry-warned", id, "1-day"],
    ["token.expiry-warned", id, "expired"],
  ]);
});

it("puts everything that is due into one notice, without a secret", async () => {
  const { clock, issue, lifecycle, mail } = startRig();
  const githubTokenExpiresAt = clock.time + 6 * dayMs;
  const alice = await issue({ userId: "alice\r\nBcc: \u202Eeve", githubTokenExpiresAt });
  const nobody = await issue({ githubTokenExpiresAt: clock.time - hourMs });
  await issue({ githubTokenExpiresAt: clock.time + 8 * dayMs });
  await lifecycle.run();
  expect(mail.notices).toHaveLength(1);
  const [notice] = mail.notices;
  expect(notice).toMatchObject({
    kind: "keys-expiring",
    subject: "PR Review MCP: 2 expiries to see to",
    data: {
      keys: [
        { key_id: alice, what: "github-token", expires_at: "2026-11-28T12:00:00.000Z" },
        { key_id: nobody, user_id: null, stage: "expired" },
      ],
    },
  });
  expect(notice?.text.split("\n").slice(0, 3)).toEqual([
    `- The GitHub token of key ${alice} (aliceBcc: eve) expires within 7 days, on 2026-11-28T12:00:00.000Z.`,
    `- The GitHub token of key ${nobody} has expired, on 2026-11-22T11:00:00.000Z.`,
    "",
  ]);
  expect(JSON.stringify(notice)).not.toContain("canary");
});

it("brings a channel that failed what it missed, and no other channel anything twice", async () => {
  const webhook = new RecordingChannel("webhook");
  const mail = new RecordingChannel("mail");
  const { clock, issue, lifecycle, failures } = startRig({ parts: { channels: [mail, webhook] } });
  const id = await issue({ githubTokenExpiresAt: clock.time + dayMs });
  mail.isDown = true;
  await lifecycle.run();
  expect([mail.told, webhook.told]).toEqual([[], [`${id} github-token 1-day`]]);
  expect(failures).toEqual([{ code: "warnings-held", channel: "mail", reason: "ECONNREFUSED" }]);
  mail.isDown = false;
  clock.time += hourMs;
  await lifecycle.run();
  expect([mail.told, webhook.told]).toEqual([webhook.told, [`${id} github-token 1-day`]]);
});

it("records a warning in the audit log later when that failed", async () => {
  let isDown = true;
  const recorded: string[] = [];
  const onEvent = async ({ keyId }: { readonly keyId: string }) => {
    if (isDown) throw Object.assign(new Error("canary"), { code: "audit-unavailable" });
    recorded.push(keyId);
  };
  const { clock, issue, lifecycle, mail, failures } = startRig({ options: { onEvent } });
  const id = await issue({ githubTokenExpiresAt: clock.time + dayMs });
  await lifecycle.run();
  expect(failures).toEqual([
    { code: "warnings-held", channel: "audit", reason: "audit-unavailable" },
  ]);
  isDown = false;
  clock.time += hourMs;
  await lifecycle.run();
  await lifecycle.run();
  expect(recorded).toEqual([id]);
  expect(mail.told).toHaveLength(1);
});

it("remembers across a restart whom it has told", async () => {
  const folder = await mkdtemp(join(tmpdir(), "pr-review-lifecycle-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const clock = startClock();
  const storage = new MemoryRecordStorage();
  const restart = async () => {
    const marks = await FileMarks.open(join(folder, "warned.json"), { now: clock.now });
    return startRig({ clock, storage, parts: { marks } });
  };
  const first = await restart();
  const id = await first.issue({ githubTokenExpiresAt: clock.time + 2 * dayMs });
  await first.lifecycle.run();
  const second = await restart();
  await second.lifecycle.run();
  clock.time += dayMs;
  await second.lifecycle.run();
  expect(first.mail.told).toEqual([`${id} github-token 7-days`]);
  expect(second.mail.told).toEqual([`${id} github-token 1-day`]);
});

it("warns anew of an expiry that was put off", async () => {
  const { clock, issue, lifecycle, mail, tokens } = startRig();
  const id = await issue({ githubTokenExpiresAt: clock.time + dayMs });
  await lifecycle.run();
  await tokens.update(id, { githubTokenExpiresAt: clock.time + 30 * dayMs });
  clock.time += 29 * dayMs;
  await lifecycle.run();
  expect(mail.told).toEqual([`${id} github-token 1-day`, `${id} github-token 1-day`]);
});

it("tells a key from its GitHub token when both expire at one time", async () => {
  const { clock, issue, lifecycle, mail } = startRig();
  const at = clock.time + 10 * dayMs;
  const id = await issue({ expiresAt: at, githubTokenExpiresAt: at });
  clock.time = at - dayMs;
  await lifecycle.run();
  expect(mail.told).toEqual([`${id} key 1-day`, `${id} github-token 1-day`]);
});

it("does not warn of a key that was rotated", async () => {
  const { clock, issue, lifecycle, mail, tokens } = startRig();
  const id = await issue({ expiresAt: clock.time + 30 * dayMs });
  clock.time += 24 * dayMs;
  await tokens.rotate(id, { graceMs: dayMs, expiresAt: clock.time + 90 * dayMs });
  await lifecycle.run();
  clock.time += 2 * dayMs;
  await lifecycle.run();
  expect(mail.told).toEqual([]);
});

it("tells a thousand keys at once, and the rest at the next look", async () => {
  const { clock, issue, lifecycle, mail } = startRig();
  const githubTokenExpiresAt = clock.time + dayMs;
  await Promise.all(Array.from({ length: 1_500 }, () => issue({ githubTokenExpiresAt })));
  await lifecycle.run();
  await lifecycle.run();
  await lifecycle.run();
  expect(mail.notices.map(({ data }) => data.keys.length)).toEqual([1_000, 500]);
  expect(new Set(mail.told).size).toBe(1_500);
});

it("counts keys by their state, each once", async () => {
  const { clock, issue, lifecycle, counts, tokens } = startRig();
  await issue();
  await issue({ expiresAt: clock.time + 7 * dayMs });
  await issue({ expiresAt: clock.time + 7 * dayMs + 1 });
  await issue({ expiresAt: clock.time + 1 });
  await issue({ expiresAt: clock.time });
  const id = await issue({ expiresAt: clock.time });
  await tokens.update(id, { disabled: true });
  await lifecycle.run();
  expect(counts).toEqual([{ expiring: 2, expired: 1, disabled: 1 }]);
});

it("counts on an instance whose turn it is not, and does no more there", async () => {
  const lease = { take: async () => false };
  const { clock, issue, lifecycle, counts, mail, failures, tokens } = startRig({
    parts: { lease },
    options: { idleDays: 1 },
  });
  const id = await issue({ githubTokenExpiresAt: clock.time + 3 * dayMs });
  clock.time += 2 * dayMs;
  await lifecycle.run();
  expect([counts.length, mail.told, failures]).toEqual([1, [], []]);
  expect(await tokens.get(id)).toMatchObject({ disabled: false });
});

it("logs that the store is out of reach, and goes on at the next look", async () => {
  const storage = new FailingStorage();
  const { clock, issue, lifecycle, mail, failures } = startRig({ storage });
  await issue({ githubTokenExpiresAt: clock.time + dayMs });
  storage.isDown = true;
  await lifecycle.run();
  expect(failures).toEqual([{ code: "look-failed", reason: "store-unavailable" }]);
  storage.isDown = false;
  await lifecycle.run();
  expect(mail.told).toHaveLength(1);
});

it("looks soon after its start and again and again, one look at a time, until it is stopped", async () => {
  let [looks, atOnce, most] = [0, 0, 0];
  const lease = {
    take: async () => {
      [looks, atOnce] = [looks + 1, atOnce + 1];
      most = Math.max(most, atOnce);
      await new Promise((resolve) => setTimeout(resolve, 20));
      atOnce -= 1;
      return true;
    },
  };
  const { lifecycle } = startRig({ parts: { lease }, options: { firstMs: 1, everyMs: 5 } });
  lifecycle.start();
  await expect.poll(() => looks).toBeGreaterThan(3);
  await lifecycle.stop();
  expect([most, atOnce]).toEqual([1, 0]);
  const before = looks;
  await lifecycle.run();
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(looks).toBe(before);
});

it("gives up a notice that hangs when it is stopped, and frees it for the next start", async () => {
  const hanging = {
    name: "mail",
    notify: async (_notice: Notice, signal?: AbortSignal) =>
      new Promise<void>((_resolve, reject) => {
        signal?.addEventListener("abort", () => reject(new Error("aborted")));
      }),
  };
  const folder = await mkdtemp(join(tmpdir(), "pr-review-lifecycle-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const clock = startClock();
  const storage = new MemoryRecordStorage();
  const marks = await FileMarks.open(join(folder, "warned.json"), { now: clock.now });
  const first = startRig({ clock, storage, parts: { marks, channels: [hanging] } });
  await first.issue({ githubTokenExpiresAt: clock.time + dayMs });
  const looking = first.lifecycle.run();
  await expect.poll(() => first.events.length).toBe(1);
  await first.lifecycle.stop();
  await looking;
  const second = startRig({ clock, storage, parts: { marks } });
  await second.lifecycle.run();
  expect(second.mail.told).toHaveLength(1);
  expect(second.events).toEqual([]);
});
