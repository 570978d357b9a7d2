/**
 * Puts small work off until there is a batch of it: done in one go, each piece takes a fraction of what it
 * takes between other work. Whoever looks at what comes of it calls `flush` first.
 */
export class Batch<Item> {
  readonly #work: (item: Item) => void;
  readonly #size: number;
  #waiting: Item[] = [];

  constructor(work: (item: Item) => void, { size = 100 }: { readonly size?: number } = {}) {
    this.#work = work;
    this.#size = size;
  }

  /** Keeps a piece of work, and does all that is kept when the batch is full. */
  add(item: Item): void {
    this.#waiting.push(item);
    if (this.#waiting.length >= this.#size) this.flush();
  }

  /** Does what is kept, in order. */
  flush(): void {
    const batch = this.#waiting;
    this.#waiting = [];
    for (const item of batch) this.#work(item);
  }
}
