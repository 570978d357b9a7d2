import type { StoredToken } from "./record-storage.ts";
import { type Seal, sealedBy } from "./seal.ts";

/** Which key has sealed how many records. */
export interface KeyringStatus {
  /** The id of the key that seals. */
  readonly current: string;
  /** Records by the id of their key; a key of the ring that has none stands here with 0. */
  readonly records: Readonly<Record<string, number>>;
  /** Records that no key has sealed: they are damaged. */
  readonly unsealed: number;
}

/** Counts records by key. */
export function keyringStatus(seal: Seal, stored: readonly StoredToken[]): KeyringStatus {
  const counts = new Map(seal.keyIds.map((id) => [id, 0]));
  let unsealed = 0;
  for (const { sealed } of stored) {
    const id = sealedBy(sealed);
    if (id === undefined) unsealed += 1;
    else counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return { current: seal.current, records: Object.fromEntries(counts), unsealed };
}
