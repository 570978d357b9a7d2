import { Counter, Gauge, Registry } from "prom-client";

/** What the server counts. Labels hold codes and names of policies, never an id or a text of a caller. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #registers = [this.#registry];

  /** Decisions of the rate limiter: `outcome` is admitted or denied. */
  readonly limiterDecisions = new Counter({
    name: "pr_review_rate_limit_decisions_total",
    help: "Requests the rate limiter admitted or denied.",
    labelNames: ["outcome"],
    registers: this.#registers,
  });

  /** Decisions made without Redis, by the policy that made them. */
  readonly limiterDegraded = new Counter({
    name: "pr_review_rate_limit_degraded_total",
    help: "Decisions of the rate limiter while Redis was out of reach.",
    labelNames: ["policy"],
    registers: this.#registers,
  });

  /** Refused requests, by the code of the refusal. */
  readonly problems = new Counter({
    name: "pr_review_problems_total",
    help: "Requests that were refused or failed, by code.",
    labelNames: ["code"],
    registers: this.#registers,
  });

  /** Records that did not open: altered, moved, or sealed with another secret key. */
  readonly unreadableRecords = new Counter({
    name: "pr_review_unreadable_records_total",
    help: "Times a stored record did not open.",
    registers: this.#registers,
  });

  /** Records yet to be sealed under the current secret key. */
  readonly recordsToReseal = new Gauge({
    name: "pr_review_records_to_reseal",
    help: "Records still sealed with an older secret key.",
    registers: this.#registers,
  });

  /** Everything, in Prometheus' text format. */
  async text(): Promise<{ readonly type: string; readonly body: string }> {
    return { type: this.#registry.contentType, body: await this.#registry.metrics() };
  }
}
