import type { KeyRecord } from "./key-record.ts";

/** What a text for people calls a key: its public id, and in one line whose it is. */
export function keyName({ id, userId }: Pick<KeyRecord, "id" | "userId">): string {
  // Without characters that break a line or reorder what is read.
  const user = userId?.replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, "");
  return user === undefined ? `key ${id}` : `key ${id} (${user})`;
}
