/** One run of some work, and everybody who waits for it. */
interface Run<T> {
  readonly result: Promise<T>;
  readonly stop: AbortController;
  waiting: number;
}

/**
 * Lets callers who want the same thing at the same time share one run of the work. A caller who gives
 * up leaves; when the last one has left, the work is stopped.
 */
export class SharedWork<T> {
  readonly #runs = new Map<string, Run<T>>();

  /** Joins the run of that key, or starts it. Rejects as the work does, or when `signal` aborts. */
  async join(
    key: string,
    work: (signal: AbortSignal) => Promise<T>,
    signal: AbortSignal | undefined,
  ): Promise<T> {
    signal?.throwIfAborted();
    const run = this.#runs.get(key) ?? this.#start(key, work);
    run.waiting += 1;
    try {
      return await (signal === undefined
        ? run.result
        : Promise.race([run.result, aborted(signal)]));
    } finally {
      run.waiting -= 1;
      if (run.waiting === 0) {
        this.#forget(key, run);
        run.stop.abort();
      }
    }
  }

  #start(key: string, work: (signal: AbortSignal) => Promise<T>): Run<T> {
    const stop = new AbortController();
    const run = { result: work(stop.signal), stop, waiting: 0 };
    this.#runs.set(key, run);
    // Nobody may be left to hear of a failure.
    run.result.catch(() => {}).finally(() => this.#forget(key, run));
    return run;
  }

  #forget(key: string, run: Run<T>): void {
    if (this.#runs.get(key) === run) this.#runs.delete(key);
  }
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}
