/** `closed`: every call goes through; `open`: none; `half-open`: one is on its way to find out. */
export type BreakerState = "closed" | "open" | "half-open";

/** One change of a breaker; `error` is the failure that opened it. */
export interface BreakerChange {
  readonly from: BreakerState;
  readonly to: BreakerState;
  readonly error?: unknown;
}

/** What a breaker is made of; times in ms. */
export interface BreakerOptions {
  /** Failures in a row that open it. */
  readonly failures: number;
  /** The least time between two probes. */
  readonly probeEveryMs: number;
  /** A clock that is never set back. */
  readonly elapsed: () => number;
  readonly onChange: ((change: BreakerChange) => void) | undefined;
}

/** Keeps calls from a store that keeps failing, and lets one through now and then to find out. */
export class Breaker {
  readonly #options: BreakerOptions;
  #state: BreakerState = "closed";
  #failures = 0;
  #probeAt = 0;
  /** Rises with every change, so that the outcome of a call from before counts for nothing. */
  #era = 0;

  constructor(options: BreakerOptions) {
    this.#options = options;
  }

  get state(): BreakerState {
    return this.#state;
  }

  /** Ms until a call may go through; 0 when one may already. */
  get waitMs(): number {
    return this.#state === "closed" ? 0 : Math.max(0, this.#probeAt - this.#options.elapsed());
  }

  /** The pass of a call that may go through, to be given back with its outcome. */
  enter(): number | undefined {
    if (this.#state === "closed") return this.#era;
    if (this.#state === "half-open" || this.waitMs > 0) return undefined;
    this.#probeAt = this.#options.elapsed() + this.#options.probeEveryMs;
    this.#change("half-open");
    return this.#era;
  }

  /** The call of this pass went well. */
  succeed(pass: number): void {
    if (pass !== this.#era) return;
    this.#failures = 0;
    if (this.#state === "half-open") this.#change("closed");
  }

  /** The call of this pass failed. */
  fail(pass: number, error: unknown): void {
    if (pass !== this.#era) return;
    this.#failures += 1;
    if (this.#state === "closed" && this.#failures < this.#options.failures) return;
    if (this.#state === "closed") {
      this.#probeAt = this.#options.elapsed() + this.#options.probeEveryMs;
    }
    this.#change("open", error);
  }

  #change(to: BreakerState, error?: unknown): void {
    const from = this.#state;
    this.#state = to;
    this.#era += 1;
    this.#options.onChange?.(error === undefined ? { from, to } : { from, to, error });
  }
}
