import { Tally } from "./tally.ts";
import type { UsageRow } from "./usage-row.ts";
import type { StoredDay, UsageBatch } from "./usage-storage.ts";

/** How many writers are remembered of a day: only those that still run can send a batch again. */
const maxWriters = 100;

/** What a backend of one process keeps of a day: its rows, and how far each writer is in them. */
export class DayLedger {
  readonly #tally = new Tally();
  readonly #sequences: Map<string, number>;

  constructor(
    rows: readonly UsageRow[] = [],
    sequences: Iterable<readonly [writer: string, sequence: number]> = [],
  ) {
    for (const row of rows) this.#tally.add(row, rows.length);
    this.#sequences = new Map(sequences);
  }

  /** The writers that wrote last come last. */
  get sequences(): Iterable<readonly [writer: string, sequence: number]> {
    return this.#sequences;
  }

  get rows(): readonly UsageRow[] {
    return this.#tally.rows();
  }

  /** Adds a batch; false when it is in here already. */
  add({ writer, sequence, rows, maxRows }: UsageBatch): boolean {
    if (this.#sequenceOf(writer) >= sequence) return false;
    for (const row of rows) this.#tally.add(row, maxRows);
    this.#remember(writer, sequence);
    return true;
  }

  read(writer: string): StoredDay {
    return { rows: this.rows, sequence: this.#sequenceOf(writer) };
  }

  #sequenceOf(writer: string): number {
    return this.#sequences.get(writer) ?? 0;
  }

  #remember(writer: string, sequence: number): void {
    this.#sequences.delete(writer);
    this.#sequences.set(writer, sequence);
    const [oldest] = this.#sequences.keys();
    if (oldest !== undefined && this.#sequences.size > maxWriters) this.#sequences.delete(oldest);
  }
}
