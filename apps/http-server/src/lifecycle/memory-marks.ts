import { claimMs, type Mark, type Marks } from "./marks.ts";

/** Remembers for as long as the process runs. */
export class MemoryMarks implements Marks {
  readonly #until: Map<string, number>;
  readonly #now: () => number;

  /** `kept` is what is remembered from before. */
  constructor({
    now = Date.now,
    kept = [],
  }: { readonly now?: () => number; readonly kept?: readonly Mark[] } = {}) {
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
