const smallestPage = 5;

/** How much to ask GitHub for at once: less after a failure, more again after successes. */
export class PageSize {
  readonly #largest: number;
  #threads: number;

  /** `largest`: threads per page, 1 to 100. */
  constructor(largest: number) {
    this.#largest = largest;
    this.#threads = largest;
  }

  /** Threads of a page. */
  get threads(): number {
    return this.#threads;
  }

  /** Comments of each thread; the two together decide how heavy an answer is. */
  get comments(): number {
    if (this.#threads > 50) return 50;
    return this.#threads > 25 ? 30 : 20;
  }

  /** GitHub failed or took too long: halve. */
  shrink(): void {
    const floor = Math.min(smallestPage, this.#largest);
    this.#threads = Math.max(floor, Math.floor(this.#threads / 2));
  }

  /** GitHub coped: double, up to where it began. */
  grow(): void {
    this.#threads = Math.min(this.#largest, this.#threads * 2);
  }
}
