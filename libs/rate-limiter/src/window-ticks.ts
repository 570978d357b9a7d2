/** No window is longer, in ticks: a ring tells 65,536 of them apart, and a live stamp may be this old. */
const longestWindow = 60_000;

/**
 * The time of one window in ticks: milliseconds, and coarser ones for a window over 60 s. A tick is
 * rounded down when something happens and the window up, so a stamp may live up to two ticks too
 * long, but never a moment too short.
 */
export class WindowTicks {
  readonly tickMs: number;
  /** The window, in ticks. */
  readonly window: number;

  constructor(windowMs: number) {
    this.tickMs = Math.ceil(windowMs / longestWindow);
    this.window = Math.ceil(windowMs / this.tickMs);
  }

  /** The tick of a moment in milliseconds. */
  at(ms: number): number {
    return Math.floor(ms / this.tickMs);
  }

  /** The oldest stamp that still counts at `tick`: with exact milliseconds, age = window counts. */
  oldestLive(tick: number): number {
    return tick - this.window;
  }

  /** The first millisecond at which `stamp` no longer counts. */
  endOf(stamp: number): number {
    return (stamp + this.window + 1) * this.tickMs;
  }
}
