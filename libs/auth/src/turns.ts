import { AuthError } from "./errors.ts";
import type { FailureLimiter } from "./failure-limiter.ts";
import { networkOf } from "./network.ts";

interface Lane {
  /** Everyone in `take`, whether running or waiting. */
  present: number;
  running: number;
  readonly waiting: Array<() => void>;
}

/**
 * Lets no more attempts of one address be under way than it has failures left, so that a thousand
 * guesses at once get no further than a thousand in a row. The others wait; nobody is refused for haste.
 */
export class Turns {
  readonly #failures: FailureLimiter;
  readonly #lanes = new Map<string, Lane>();

  constructor(failures: FailureLimiter) {
    this.#failures = failures;
  }

  /** Runs `attempt` when it is its turn; throws `AuthError` `too-many-failures` for a blocked address. */
  async take<T>(address: string, attempt: () => Promise<T>): Promise<T> {
    const network = networkOf(address);
    const lane = this.#lanes.get(network) ?? { present: 0, running: 0, waiting: [] };
    this.#lanes.set(network, lane);
    lane.present += 1;
    try {
      while (!this.#begin(lane, address)) await untilWoken(lane);
      return await attempt().finally(() => {
        lane.running -= 1;
      });
    } finally {
      lane.present -= 1;
      if (lane.present === 0) this.#lanes.delete(network);
      this.#wake(lane, address);
    }
  }

  /** Asks and takes in one step, with nothing between in which another could do the same. */
  #begin(lane: Lane, address: string): boolean {
    const retryAfter = this.#failures.retryAfter(address);
    if (retryAfter > 0) throw new AuthError("too-many-failures", { retryAfter });
    if (lane.running > 0 && lane.running >= this.#failures.left(address)) return false;
    lane.running += 1;
    return true;
  }

  /** One place became free, or none will for long, which everybody is to hear. */
  #wake({ waiting }: Lane, address: string): void {
    const count = this.#failures.left(address) > 0 ? 1 : waiting.length;
    for (const resume of waiting.splice(0, count)) resume();
  }
}

async function untilWoken({ waiting }: Lane): Promise<void> {
  await new Promise<void>((resolve) => waiting.push(resolve));
}
