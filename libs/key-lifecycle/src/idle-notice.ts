import { lastActiveAt } from "./idle.ts";
import { keyName } from "./key-name.ts";
import type { KeyRecord } from "./key-record.ts";
import type { KeyFacts, Notice } from "./notice.ts";

/** What a notice of disabled keys says beside the keys. */
export interface IdleNoticeTerms {
  /** Whose keys they are. */
  readonly service: string;
  /** How many days without use were allowed. */
  readonly idleDays: number;
}

/** One notice of all keys that were disabled because nobody used them. */
export function idleNotice(
  records: readonly KeyRecord[],
  { service, idleDays }: IdleNoticeTerms,
): Notice {
  const count = records.length === 1 ? "1 idle key" : `${records.length} idle keys`;
  return {
    kind: "keys-disabled-idle",
    subject: `${service}: ${count} disabled`,
    text: `${records.map((each) => `- ${sentence(each)}`).join("\n")}\n\n${advice(idleDays)}\n`,
    data: { keys: records.map(factsOf) },
  };
}

function advice(idleDays: number): string {
  const days = idleDays === 1 ? "a day" : `${idleDays} days`;
  return (
    `Nobody used them for more than ${days}. Enable a key that is still needed; it is left alone then ` +
    "until it was used again."
  );
}

function sentence(record: KeyRecord): string {
  const since = record.lastUsedAt === undefined ? "was never used since" : "was last used on";
  return `${keyName(record)} ${since} ${timeOf(lastActiveAt(record))}.`;
}

function factsOf({ id, userId, createdAt, lastUsedAt }: KeyRecord): KeyFacts {
  return {
    key_id: id,
    user_id: userId ?? null,
    created_at: timeOf(createdAt),
    last_used_at: lastUsedAt === undefined ? null : timeOf(lastUsedAt),
  };
}

function timeOf(ms: number): string {
  return new Date(ms).toISOString();
}
