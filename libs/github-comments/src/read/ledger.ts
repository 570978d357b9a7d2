import type { RateLimit } from "../queries/fields.ts";

/** What a read has cost at GitHub so far. */
export interface ReadCost {
  readonly requests: number;
  /** GraphQL points. */
  readonly points: number;
  /** Points left in the hour, as last heard; absent where limits are off. */
  readonly remaining: number | undefined;
  /** When the points are renewed, as an ISO 8601 time. */
  readonly resetAt: string | undefined;
}

/** Adds up the cost of the requests of one read. */
export class ReadLedger {
  #cost: ReadCost = { requests: 0, points: 0, remaining: undefined, resetAt: undefined };

  /** Notes one answer. */
  add(rateLimit: RateLimit): void {
    const { requests, points, remaining, resetAt } = this.#cost;
    this.#cost = {
      requests: requests + 1,
      points: points + (rateLimit?.cost ?? 0),
      remaining: rateLimit?.remaining ?? remaining,
      resetAt: rateLimit?.resetAt ?? resetAt,
    };
  }

  get cost(): ReadCost {
    return this.#cost;
  }
}
