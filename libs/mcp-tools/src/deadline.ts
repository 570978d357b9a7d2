/** A signal that is somebody's and runs out of time as well. */
export interface Deadline {
  readonly signal: AbortSignal;
  /** Lets go of the timer and of the other signal. */
  readonly end: () => void;
}

/**
 * A signal that aborts after `ms` with a `TimeoutError`, or when `outer` does and for its reason.
 * `AbortSignal.any` and `AbortSignal.timeout` do the same at many times the cost, and cannot be let go.
 */
export function startDeadline(ms: number, outer: AbortSignal | undefined): Deadline {
  const over = new AbortController();
  const timer = setTimeout(() => {
    over.abort(new DOMException("The operation was aborted due to timeout", "TimeoutError"));
  }, ms);
  const giveUp = () => over.abort(outer?.reason);
  if (outer?.aborted) giveUp();
  else outer?.addEventListener("abort", giveUp);
  const end = () => {
    clearTimeout(timer);
    outer?.removeEventListener("abort", giveUp);
  };
  return { signal: over.signal, end };
}
