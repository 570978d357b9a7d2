import type { ServerResponse } from "node:http";

/** The requests whose answers have not begun. A stream that has begun is no work to wait for. */
export class InFlight {
  readonly #waiting = new Set<ServerResponse>();

  /** Counts the request that `res` answers, until its answer begins or its connection ends. */
  add(res: ServerResponse): void {
    this.#waiting.add(res);
    res.once("close", () => this.#waiting.delete(res));
  }

  get count(): number {
    // Nothing tells that an answer begins, so those that have are sorted out here, each once.
    for (const res of this.#waiting) {
      if (res.headersSent) this.#waiting.delete(res);
    }
    return this.#waiting.size;
  }
}
