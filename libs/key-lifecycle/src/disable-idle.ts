import type { OnEvent } from "./event.ts";
import type { OnFailure } from "./failure.ts";
import { isIdle, lastActiveAt } from "./idle.ts";
import type { KeyRecord, KeyRecords } from "./key-record.ts";
import type { Marks } from "./marks.ts";
import { stepReason } from "./reason.ts";
import { dayMs } from "./stage.ts";

/** What disabling works on. */
export interface DisableServices {
  readonly tokens: KeyRecords;
  readonly marks: Marks;
  readonly onEvent: OnEvent;
  readonly onFailure: OnFailure;
  readonly now: () => number;
  readonly signal: AbortSignal;
}

/** How long it is remembered that a key was disabled: whoever enables it again means it. */
const rememberMs = 400 * dayMs;

/**
 * Disables the keys among `records` that nobody used for so many days, each once for the same idleness,
 * and resolves to them. What the store refuses is told and left to the next run.
 */
export async function disableIdle(
  records: readonly KeyRecord[],
  idleDays: number,
  services: DisableServices,
): Promise<readonly KeyRecord[]> {
  const { marks, onFailure, now, signal } = services;
  const idle = records.filter((record) => isIdle(record, { idleDays, now: now() }));
  const claimed = await marks.claim(idle.map(markId));
  const due = idle.filter((record) => claimed.has(markId(record)));
  const disabled: KeyRecord[] = [];
  try {
    for (const record of due) {
      if (signal.aborted) break;
      if (await hasDisabled(record, idleDays, services)) disabled.push(record);
    }
  } catch (error) {
    onFailure({ code: "disabling-failed", reason: stepReason(error) });
  }
  const others = due.filter((record) => !disabled.includes(record));
  await settle({ disabled, others }, services);
  return disabled;
}

/** Looks again right before: a key that was used since it was listed stays as it is. */
async function hasDisabled(
  { id }: KeyRecord,
  idleDays: number,
  { tokens, onEvent, onFailure, now }: DisableServices,
): Promise<boolean> {
  try {
    const current = await tokens.get(id);
    if (current === undefined || !isIdle(current, { idleDays, now: now() })) return false;
    const changed = await tokens.update(id, { disabled: true, disabledReason: "idle" });
    if (changed === undefined) return false;
  } catch (error) {
    if (stepReason(error) !== "unreadable-record") throw error;
    onFailure({ code: "key-unreadable", keyId: id, reason: "unreadable-record" });
    return false;
  }
  const details = { idle_days: idleDays };
  const event = { actor: "system", action: "token.disabled-idle", outcome: "ok" } as const;
  await onEvent({ ...event, keyId: id, details }).catch((error: unknown) => {
    onFailure({ code: "event-lost", keyId: id, reason: stepReason(error) });
  });
  return true;
}

/** At worst a key that is enabled again soon is disabled once more. */
async function settle(
  outcome: { readonly disabled: readonly KeyRecord[]; readonly others: readonly KeyRecord[] },
  { marks, onFailure, now }: DisableServices,
): Promise<void> {
  const until = now() + rememberMs;
  try {
    await marks.keep(outcome.disabled.map((record) => ({ id: markId(record), until })));
    await marks.release(outcome.others.map(markId));
  } catch (error) {
    onFailure({ code: "marks-lost", reason: stepReason(error) });
  }
}

function markId(record: KeyRecord): string {
  return `idle:${record.id}:${lastActiveAt(record)}`;
}
