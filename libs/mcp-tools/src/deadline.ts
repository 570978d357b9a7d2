import type { ReadWatch } from "@pr-review/github-comments";

/**
 * The watch over a call that has only so much time. Its signal, and the timer behind it, are made when
 * somebody asks for them: most calls are answered from memory and wait for nothing.
 */
export class Deadline implements ReadWatch {
  readonly onProgress: ReadWatch["onProgress"];
  readonly #endsAt: number;
  readonly #watch: ReadWatch;
  /** That of whoever watches, once somebody asked for ours. */
  #outer: AbortSignal | undefined;
  #over: AbortController | undefined;
  #timer: NodeJS.Timeout | undefined;

  /** Begins now and takes `ms`; whoever watches is told of progress, and can end it, too. */
  constructor(ms: number, watch: ReadWatch = {}) {
    this.onProgress = watch.onProgress;
    this.#endsAt = performance.now() + ms;
    this.#watch = watch;
  }

  /**
   * Aborts with a `TimeoutError` when time is up, or as the watch's own signal does and for its reason.
   * `AbortSignal.any` and `AbortSignal.timeout` do the same at many times the cost, and cannot be let go.
   */
  get signal(): AbortSignal {
    this.#over ??= this.#start();
    return this.#over.signal;
  }

  /** Lets go of the timer and of the watch. */
  end(): void {
    clearTimeout(this.#timer);
    this.#outer?.removeEventListener("abort", this.#giveUp);
  }

  #start(): AbortController {
    const over = new AbortController();
    const timeIsUp = () =>
      over.abort(new DOMException("The operation was aborted due to timeout", "TimeoutError"));
    this.#timer = setTimeout(timeIsUp, this.#endsAt - performance.now());
    this.#outer = this.#watch.signal;
    if (this.#outer?.aborted) over.abort(this.#outer.reason);
    else this.#outer?.addEventListener("abort", this.#giveUp);
    return over;
  }

  readonly #giveUp = (): void => this.#over?.abort(this.#outer?.reason);
}
