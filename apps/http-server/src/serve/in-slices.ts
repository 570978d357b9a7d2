/** How much is done at a time. */
export interface SliceOptions {
  /** Milliseconds after which the rest waits for the next turn of the event loop. */
  readonly sliceMs?: number;
  /** Milliseconds of a clock that is never set back. */
  readonly elapsed?: () => number;
}

/**
 * Makes a queue of `work`: what it is given is done in order, a slice in each turn of the event loop, so that
 * a thousand at one time are no pause for everybody else. At least one is done in each turn.
 */
export function inSlices<Item>(
  work: (item: Item) => void,
  { sliceMs = 1, elapsed = () => performance.now() }: SliceOptions = {},
): (item: Item) => void {
  const waiting: Item[] = [];

  const doSlice = (): void => {
    const until = elapsed() + sliceMs;
    let done = 0;
    for (const item of waiting) {
      work(item);
      done += 1;
      if (elapsed() >= until) break;
    }
    waiting.splice(0, done);
    if (waiting.length > 0) setImmediate(doSlice);
  };

  return (item) => {
    waiting.push(item);
    if (waiting.length === 1) setImmediate(doSlice);
  };
}
