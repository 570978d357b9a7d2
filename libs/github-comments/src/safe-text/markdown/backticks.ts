/** The backtick runs of a text by length, asked for from left to right. */
export class BacktickRuns {
  readonly #starts = new Map<number, { readonly list: number[]; next: number }>();

  /** Finds every run of `text`. */
  constructor(text: string) {
    for (const { 0: run, index } of text.matchAll(/`+/g)) {
      const known = this.#starts.get(run.length);
      if (known === undefined) this.#starts.set(run.length, { list: [index], next: 0 });
      else known.list.push(index);
    }
  }

  /** Where the next run of exactly `length` starts at or after `from`; `from` must not fall. */
  find(length: number, from: number): number | undefined {
    const runs = this.#starts.get(length);
    if (runs === undefined) return undefined;
    while ((runs.list[runs.next] ?? Infinity) < from) runs.next++;
    return runs.list[runs.next];
  }
}
