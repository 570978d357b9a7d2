/** Whether new work is welcome: true from the start, and false for good once draining begins. */
export class Readiness {
  readonly #draining = new AbortController();

  get isReady(): boolean {
    return !this.#draining.signal.aborted;
  }

  /** Aborts when draining begins, for what wants to know at once. */
  get draining(): AbortSignal {
    return this.#draining.signal;
  }

  /** Tells load balancers to send work elsewhere; what still comes is served. */
  beginDraining(): void {
    this.#draining.abort();
  }
}
