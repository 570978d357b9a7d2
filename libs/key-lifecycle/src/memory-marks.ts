import { claimMs, type Mark, type Marks } from "./marks.ts";

/** What marks in memory begin with. */
export interface MemoryMarksOptions {
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
  /** What is remembered from before. */
  readonly kept?: readonly Mark[];
}

/** Remembers for as long as the process runs. */
export class MemoryMarks implements Marks {
  readonly #until: Map<string, number>;
  readonly #now: () => number;

  constructor({ now = Date.now, kept = [] }: MemoryMarksOptions = {}) {
    this.#until = new Map(kept.map(({ id, until }) => [id, until]));
    this.#now = now;
  }

  async claim(ids: readonly string[]): Promise<ReadonlySet<string>> {
    const now = this.#now();
    for (const [id, until] of this.#until) if (until <= now) this.#until.delete(id);
    const free = ids.filter((id) => !this.#until.has(id));
    for (const id of free) this.#until.set(id, now + claimMs);
    return new Set(free);
  }

  async keep(marks: readonly Mark[]): Promise<void> {
    for (const { id, until } of marks) this.#until.set(id, until);
  }

  async release(ids: readonly string[]): Promise<void> {
    for (const id of ids) this.#until.delete(id);
  }
}
