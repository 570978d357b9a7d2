import type { UsageRow } from "./usage-row.ts";

/** Counts of one day that are to be added to those stored. */
export interface UsageBatch {
  /** Which log sends it; no two logs have the same. */
  readonly writer: string;
  /** One more with every batch of this writer, from 1. */
  readonly sequence: number;
  /** In UTC, as `2026-11-22`. */
  readonly day: string;
  /** At most `batchRows`, each of a subject of its own. */
  readonly rows: readonly UsageRow[];
  /** How many rows a day may have beside the one of `other`, which takes the counts of any further ones. */
  readonly maxRows: number;
  /** How many days are kept, this one included; older ones may go when it is added. */
  readonly keepDays: number;
}

/** What is stored of a day. */
export interface StoredDay {
  readonly rows: readonly UsageRow[];
  /** All batches of the writer up to this one are in `rows` if they are of this day, and none after it is. */
  readonly sequence: number;
}

/**
 * Where counts lie. A batch is added whole or not at all, and once, however often it is sent: a writer sends
 * its next one only when the last was acknowledged. Rejects with `usage-unavailable` when it cannot be reached
 * (then the batch was added or not), and with `damaged-usage` rather than to take what it cannot read for nothing.
 */
export interface UsageStorage {
  /** What a message calls it: a folder, or a server and prefix. Never holds a password. */
  readonly name: string;
  /** How many rows it takes at once. */
  readonly batchRows: number;
  /** Adds the counts of a batch, once however often it comes. */
  add(batch: UsageBatch): Promise<void>;
  /** What is stored of a day, and how far the batches of `writer` are in it. */
  read(day: string, writer: string): Promise<StoredDay>;
}
