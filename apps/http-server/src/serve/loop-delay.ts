import { monitorEventLoopDelay } from "node:perf_hooks";

/** How often the delay is sampled, in ms: so often that one pause in a second is not its p99. */
const resolution = 5;

/**
 * How late the event loop is and was: the lower of the 99th percentiles of the last two full windows.
 *
 * One window alone may be late with its first requests, as every process is that has just started; load
 * balancers send it a share of all traffic in that very second, and none of it is too much.
 */
export class LoopDelay {
  readonly #samples = monitorEventLoopDelay({ resolution });
  readonly #timer: NodeJS.Timeout;
  #before = 0;
  #last = 0;

  /** Measures from now on, in windows of so many milliseconds, and keeps no process alive. */
  constructor({ windowMs = 1_000 }: { readonly windowMs?: number } = {}) {
    this.#samples.enable();
    this.#timer = setInterval(() => this.#endWindow(), windowMs).unref();
  }

  /** Milliseconds; 0 until the second window has ended. */
  get p99Ms(): number {
    return Math.min(this.#before, this.#last);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#samples.disable();
  }

  #endWindow(): void {
    // A sample holds the time between two ticks, in nanoseconds.
    this.#before = this.#last;
    this.#last = Math.max(0, this.#samples.percentile(99) / 1e6 - resolution);
    this.#samples.reset();
  }
}
