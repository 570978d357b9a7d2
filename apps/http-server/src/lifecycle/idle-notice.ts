import type { KeyFacts, Notice } from "../notify/notice.ts";
import { lastActiveAt } from "./idle.ts";
import { keyName } from "./key-name.ts";
import type { KeyRecord } from "./key-record.ts";

/** One notice of all keys that were disabled because nobody used them. */
export function idleNotice(records: readonly KeyRecord[]): Notice {
  const count = records.length === 1 ? "1 idle key" : `${records.length} idle keys`;
  return {
    kind: "keys-disabled-idle",
    subject: `PR Review MCP: ${count} disabled`,
    text: `${records.map((each) => `- ${sentence(each)}`).join("\n")}\n\n${advice}\n`,
    data: { keys: records.map(factsOf) },
  };
}

const advice =
  "Nobody used them for as long as MCP_DISABLE_IDLE_DAYS allows. Enable a key that is still needed; it " +
  "is left alone then until it was used again.";

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
