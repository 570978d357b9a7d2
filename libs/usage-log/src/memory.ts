import { DayLedger } from "./day-ledger.ts";
import { daysAfter } from "./day.ts";
import type { StoredDay, UsageBatch, UsageStorage } from "./usage-storage.ts";

/** Keeps counts for the life of the process. */
export class MemoryUsageStorage implements UsageStorage {
  readonly name = "memory";
  readonly batchRows = Number.MAX_SAFE_INTEGER;
  readonly #days = new Map<string, DayLedger>();

  async add(batch: UsageBatch): Promise<void> {
    const ledger = this.#days.get(batch.day) ?? new DayLedger();
    ledger.add(batch);
    this.#days.set(batch.day, ledger);
    const oldest = daysAfter(batch.day, 1 - batch.keepDays);
    for (const day of this.#days.keys()) if (day < oldest) this.#days.delete(day);
  }

  async read(day: string, writer: string): Promise<StoredDay> {
    return (this.#days.get(day) ?? new DayLedger()).read(writer);
  }
}
