import { other, subjectId, sumOf, type UsageRow } from "./usage-row.ts";

/** Rows of one day, one for each subject, in the order in which they came. */
export class Tally {
  readonly #rows = new Map<string, UsageRow>();

  get size(): number {
    return this.#rows.size;
  }

  /** Counts a row in; where there are `maxRows` already and none of its subject, it goes to `other`. */
  add(row: UsageRow, maxRows: number): void {
    const id = subjectId(row);
    const isOfOther = !this.#rows.has(id) && this.size >= maxRows;
    if (isOfOther) this.#count(subjectId(other), { ...row, ...other });
    else this.#count(id, row);
  }

  /** Removes the first rows, at most `limit`, and returns them. */
  take(limit: number): readonly UsageRow[] {
    const taken: UsageRow[] = [];
    for (const [id, row] of this.#rows) {
      if (taken.length >= limit) break;
      this.#rows.delete(id);
      taken.push(row);
    }
    return taken;
  }

  rows(): readonly UsageRow[] {
    return [...this.#rows.values()];
  }

  #count(id: string, row: UsageRow): void {
    const known = this.#rows.get(id);
    this.#rows.set(id, known === undefined ? row : { ...row, ...sumOf(known, row) });
  }
}
