import { monitorEventLoopDelay } from "node:perf_hooks";

/** How often the delay is sampled, in ms: so often that one pause in a second is not its p99. */
const resolution = 5;

/** How late the event loop is: the 99th percentile of the last full window. */
export class LoopDelay {
  readonly #samples = monitorEventLoopDelay({ resolution });
  readonly #timer: NodeJS.Timeout;
  #p99Ms = 0;

  /** Measures from now on, in windows of so many milliseconds, and keeps no process alive. */
  constructor({ windowMs = 1_000 }: { readonly windowMs?: number } = {}) {
    this.#samples.enable();
    this.#timer = setInterval(() => this.#endWindow(), windowMs).unref();
  }

  /** Milliseconds; 0 until the first window has ended. */
  get p99Ms(): number {
    return this.#p99Ms;
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#samples.disable();
  }

  #endWindow(): void {
    // A sample holds the time between two ticks, in nanoseconds.
    this.#p99Ms = Math.max(0, this.#samples.percentile(99) / 1e6 - resolution);
    this.#samples.reset();
  }
}
