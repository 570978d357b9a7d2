/**
 * The time that a call has. Its signal, and the timer behind it, are made when somebody asks for them: most
 * calls are answered from memory and wait for nothing.
 */
export class Deadline {
  readonly #endsAt: number;
  readonly #outer: AbortSignal | undefined;
  #over: AbortController | undefined;
  #timer: NodeJS.Timeout | undefined;

  /** Begins now and takes `ms`; what aborts `outer` ends it, too. */
  constructor(ms: number, outer: AbortSignal | undefined) {
    this.#endsAt = performance.now() + ms;
    this.#outer = outer;
  }

  /**
   * Aborts with a `TimeoutError` when time is up, or as the outer signal does and for its reason.
   * `AbortSignal.any` and `AbortSignal.timeout` do the same at many times the cost, and cannot be let go.
   */
  get signal(): AbortSignal {
    this.#over ??= this.#start();
    return this.#over.signal;
  }

  /** Lets go of the timer and of the outer signal. */
  end(): void {
    clearTimeout(this.#timer);
    this.#outer?.removeEventListener("abort", this.#giveUp);
  }

  #start(): AbortController {
    const over = new AbortController();
    const timeIsUp = () =>
      over.abort(new DOMException("The operation was aborted due to timeout", "TimeoutError"));
    this.#timer = setTimeout(timeIsUp, this.#endsAt - performance.now());
    if (this.#outer?.aborted) over.abort(this.#outer.reason);
    else this.#outer?.addEventListener("abort", this.#giveUp);
    return over;
  }

  readonly #giveUp = (): void => this.#over?.abort(this.#outer?.reason);
}
