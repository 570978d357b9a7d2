import { Tally } from "./tally.ts";
import type { UsageRow } from "./usage-row.ts";
import type { UsageBatch } from "./usage-storage.ts";

/** What an outbox puts on its batches, and how large they are. */
export interface OutboxOptions {
  readonly writer: string;
  readonly batchRows: number;
  readonly maxRows: number;
  readonly keepDays: number;
}

/** Counts that storage has not acknowledged; `maxRows` rows, and one of `other` for each day. */
export class Outbox {
  readonly #options: OutboxOptions;
  readonly #days = new Map<string, Tally>();
  /** The batch that was sent and not acknowledged: it must be sent again as it was. */
  #out: UsageBatch | undefined;
  #sequence = 0;

  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  get isEmpty(): boolean {
    return this.#out === undefined && this.#days.size === 0;
  }

  add(day: string, row: UsageRow): void {
    const tally = this.#days.get(day) ?? new Tally();
    this.#days.set(day, tally);
    tally.add(row, tally.size + this.#room());
  }

  /**
   * The batches that bring everything counted before this call. To ask for the next one says that the last
   * was acknowledged; that one comes first next time if nobody does.
   */
  *batches(): Generator<UsageBatch> {
    const days = [...this.#days];
    if (this.#out !== undefined) yield this.#out;
    this.#out = undefined;
    for (const [day, tally] of days) {
      // Counted beforehand: what is noted meanwhile can wait for its own turn.
      for (let left = Math.ceil(tally.size / this.#options.batchRows); left > 0; left -= 1) {
        this.#out = this.#batch(day, tally);
        yield this.#out;
        this.#out = undefined;
      }
      if (tally.size === 0) this.#days.delete(day);
    }
  }

  /** The rows of a day that are not in a storage that has our batches up to `sequence`. */
  rowsOf(day: string, sequence: number): readonly UsageRow[] {
    const isMissing = this.#out?.day === day && this.#out.sequence > sequence;
    return [...(isMissing ? (this.#out?.rows ?? []) : []), ...(this.#days.get(day)?.rows() ?? [])];
  }

  #batch(day: string, tally: Tally): UsageBatch {
    const { writer, batchRows, maxRows, keepDays } = this.#options;
    this.#sequence += 1;
    const rows = tally.take(batchRows);
    return { writer, sequence: this.#sequence, day, rows, maxRows, keepDays };
  }

  /** How many more rows may be held; there are few days, and one as a rule. */
  #room(): number {
    let held = this.#out?.rows.length ?? 0;
    for (const { size } of this.#days.values()) held += size;
    return this.#options.maxRows - held;
  }
}
