import { randomUUID } from "node:crypto";

import { Turns } from "@pr-review/durable";

import { dayOf, daysFrom } from "./day.ts";
import { Outbox } from "./outbox.ts";
import { Summary, type UsageSummary } from "./summary.ts";
import { rowOf, type UsageNote } from "./usage-note.ts";
import { isWanted, rangeOf, type UsageFilter, type UsageQuery } from "./usage-query.ts";
import { noCounts, sumOf, type UsageCounts, type UsageRow } from "./usage-row.ts";
import type { UsageStorage } from "./usage-storage.ts";

/** How a usage log works. */
export interface UsageLogOptions {
  /** How often counts are stored, in ms; 5,000 unless told. */
  readonly flushMs?: number;
  /** How many days are kept, today included; 90 unless told. */
  readonly keepDays?: number;
  /** How many rows a day may have, and how many may wait to be stored; 50,000 unless told. */
  readonly maxRows?: number;
  /** Ms since the epoch. */
  readonly now?: () => number;
  /** Hears why counts could not be stored this time; they are kept for the next. */
  readonly onError?: (error: unknown) => void;
  /** Names this log to its storage, where nobody else may have the name; random unless told. */
  readonly writer?: string;
}

/**
 * Counts calls by key, user, tool and day (UTC), and stores the counts every `flushMs`. Each call is counted
 * once, even if the answer of the storage is lost; a crash loses what was noted since the last flush. Rows
 * beyond `maxRows` are counted together, as key `other`.
 */
export class UsageLog {
  readonly #storage: UsageStorage;
  readonly #writer: string;
  readonly #keepDays: number;
  readonly #now: () => number;
  readonly #outbox: Outbox;
  /** Nothing may go from here to the storage while the two are read together. */
  readonly #turns = new Turns();
  readonly #timer: NodeJS.Timeout;
  #isFlushing = false;

  constructor(
    storage: UsageStorage,
    {
      flushMs = 5_000,
      keepDays = 90,
      maxRows = 50_000,
      now = Date.now,
      onError = () => undefined,
      writer = randomUUID(),
    }: UsageLogOptions = {},
  ) {
    this.#storage = storage;
    this.#writer = writer;
    this.#keepDays = keepDays;
    this.#now = now;
    this.#outbox = new Outbox({ writer, batchRows: storage.batchRows, maxRows, keepDays });
    this.#timer = setInterval(() => {
      // A storage that hangs must not gather a queue.
      if (!this.#isFlushing && !this.#outbox.isEmpty) this.flush().catch(onError);
    }, flushMs);
    this.#timer.unref();
  }

  /** Counts a call, at once and in memory; never throws. */
  note(call: UsageNote): void {
    this.#outbox.add(dayOf(this.#now()), rowOf(call));
  }

  /**
   * Stores what was noted before. Throws `usage-unavailable` or `damaged-usage`, and keeps what was not
   * stored for the next flush.
   */
  async flush(): Promise<void> {
    return this.#turns.take(async () => this.#flush());
  }

  /** Stores what is left, as `flush` does, and stops the timer. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.flush();
  }

  /**
   * The counts of what is wanted, with all that was noted here, sorted by day, key, user and tool; what other
   * instances have not stored yet is missing. Throws `invalid-day`, `usage-unavailable` or `damaged-usage`.
   */
  async read({ groupBy = ["day", "key", "user", "tool"], ...filter }: UsageQuery = {}): Promise<
    readonly UsageSummary[]
  > {
    const summary = new Summary(groupBy);
    const { first, last } = rangeOf(filter, dayOf(this.#now()), this.#keepDays);
    for (const day of daysFrom(first, last)) {
      const rows = await this.#turns.take(async () => this.#rowsOf(day));
      for (const row of rows) if (isWanted(row, filter)) summary.add(day, row);
    }
    return summary.sorted();
  }

  /** The counts of all that is wanted together; throws as `read` does. */
  async totals(filter: UsageFilter = {}): Promise<UsageCounts> {
    const [total = noCounts] = await this.read({ ...filter, groupBy: [] });
    return sumOf(noCounts, total);
  }

  async #flush(): Promise<void> {
    this.#isFlushing = true;
    try {
      for (const batch of this.#outbox.batches()) await this.#storage.add(batch);
    } finally {
      this.#isFlushing = false;
    }
  }

  async #rowsOf(day: string): Promise<readonly UsageRow[]> {
    const { rows, sequence } = await this.#storage.read(day, this.#writer);
    return [...rows, ...this.#outbox.rowsOf(day, sequence)];
  }
}
