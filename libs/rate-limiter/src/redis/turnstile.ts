import { LRUCache } from "lru-cache";

import type { Verdict } from "../rate-limiter.ts";
import { denied } from "../verdicts.ts";

/** What the store said, and when by its own clock (ms since the epoch). */
export interface Reply {
  readonly verdict: Verdict;
  readonly now: number;
}

/** What is known of one key between two replies. */
interface Gate {
  /** How many more the store would admit, as of its last reply. */
  room: number;
  /** Requests on their way to the store, which `room` does not account for yet. */
  asking: number;
  /** The last of them. */
  turn: Promise<unknown>;
  /** When `room` rises, by the store's clock, if it is 0. */
  resetAt: number;
  /** The same moment by our clock; the past while there is room. */
  until: number;
}

/**
 * Lets no more requests through to the store than it has admissions left, as far as is known here.
 * A flood from one key then costs the store one call for each admission; who finds no room is denied
 * by the last reply, or waits for the next when an admission may have come free.
 */
export class Turnstile {
  readonly #gates: LRUCache<string, Gate>;
  readonly #now: () => number;

  /** `now` is a clock in ms that is never set back; `max` is how many keys are remembered. */
  constructor({ max, now }: { readonly max: number; readonly now: () => number }) {
    this.#gates = new LRUCache({ max });
    this.#now = now;
  }

  /** The denial that holds for this key without asking, if it does; sound, for stamps only age. */
  recall(key: string, limit: number): Verdict | undefined {
    const gate = this.#gates.get(gateId(key, limit));
    return gate === undefined ? undefined : this.#denial(gate, limit);
  }

  /** Asks when it is this request's turn; throws what `ask` throws, to all who waited for it too. */
  pass(key: string, limit: number, ask: () => Promise<Reply>): Promise<Verdict> {
    const gate = this.#gateOf(key, limit);
    return hasRoom(gate) ? this.#ask(gate, ask) : this.#wait(gate, limit, ask);
  }

  async #wait(gate: Gate, limit: number, ask: () => Promise<Reply>): Promise<Verdict> {
    for (;;) {
      const known = this.#denial(gate, limit);
      if (known !== undefined) return known;
      if (gate.asking < Math.max(1, gate.room)) return this.#ask(gate, ask);
      await gate.turn;
    }
  }

  #denial(gate: Gate, limit: number): Verdict | undefined {
    // Most keys have room, and reading a clock is a good part of what all this costs.
    if (gate.until === -Infinity) return undefined;
    const wait = gate.until - this.#now();
    return wait > 0 ? denied(limit, gate.resetAt, gate.resetAt - wait) : undefined;
  }

  async #ask(gate: Gate, ask: () => Promise<Reply>): Promise<Verdict> {
    gate.asking += 1;
    const turn = ask();
    gate.turn = turn;
    try {
      const { verdict, now } = await turn;
      gate.room = verdict.remaining;
      gate.resetAt = verdict.resetAt;
      gate.until = gate.room > 0 ? -Infinity : this.#now() + verdict.resetAt - now;
      return verdict;
    } finally {
      gate.asking -= 1;
    }
  }

  #gateOf(key: string, limit: number): Gate {
    const id = gateId(key, limit);
    const known = this.#gates.get(id);
    if (known !== undefined) return known;
    const turn = Promise.resolve();
    const gate = { room: limit, asking: 0, turn, resetAt: 0, until: -Infinity };
    this.#gates.set(id, gate);
    return gate;
  }
}

function hasRoom({ until, asking, room }: Gate): boolean {
  return until === -Infinity && asking < room;
}

function gateId(key: string, limit: number): string {
  return `${limit} ${key}`;
}
