import { collectDefaultMetrics, Counter, Gauge, Registry } from "prom-client";

import { Batch } from "./metrics/batch.ts";
import { GitHubMetrics } from "./metrics/github.ts";
import { KeyMetrics } from "./metrics/keys.ts";
import { LedgerMetrics } from "./metrics/ledgers.ts";
import { RequestMetrics } from "./metrics/requests.ts";
import { addScrapedGauge } from "./metrics/scraped-gauge.ts";
import { ToolCallMetrics } from "./metrics/tool-calls.ts";

/** What is not counted but read when somebody looks. */
export interface MetricsReadings {
  /** Streams that are open now. */
  readonly activeStreams?: (() => number) | undefined;
  /** Keys in the store; asked at each scrape, so it should cost little. */
  readonly storedKeys?: (() => Promise<number>) | undefined;
}

/** What the server counts. Labels hold codes and names of policies, never an id or a text of a caller. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #registers = [this.#registry];

  readonly requests = new RequestMetrics(this.#registry);
  readonly toolCalls = new ToolCallMetrics(this.#registry);
  readonly github = new GitHubMetrics(this.#registry);
  readonly keys = new KeyMetrics(this.#registry);
  readonly ledgers = new LedgerMetrics(this.#registry);

  /** Refused credentials, by the code of the refusal. */
  readonly authFailures = new Counter({
    name: "pr_review_auth_failures_total",
    help: "Requests refused for their credentials, by code.",
    labelNames: ["code"],
    registers: this.#registers,
  });

  readonly #limiterDecisions = new Counter({
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

  readonly #decided = new Batch<"admitted" | "denied">((outcome) =>
    this.#limiterDecisions.inc({ outcome }),
  );

  /** Notes what the rate limiter decided. */
  decided(outcome: "admitted" | "denied"): void {
    this.#decided.add(outcome);
  }

  /** Shows these from now on; one that fails or takes a second is left out of that scrape. */
  show({ activeStreams, storedKeys }: MetricsReadings): void {
    if (activeStreams !== undefined) {
      addScrapedGauge(this.#registry, {
        name: "pr_review_active_streams",
        help: "Streams that are open.",
        read: activeStreams,
      });
    }
    if (storedKeys !== undefined) {
      addScrapedGauge(this.#registry, {
        name: "pr_review_stored_keys",
        help: "API keys in the store.",
        read: storedKeys,
      });
    }
  }

  /** Shows the process too: CPU, memory, garbage collection, event-loop delay. Call it once a process. */
  showProcess(): void {
    collectDefaultMetrics({ register: this.#registry, prefix: "pr_review_" });
  }

  /** Everything, in Prometheus' text format. */
  async text(): Promise<{ readonly type: string; readonly body: string }> {
    this.#decided.flush();
    this.requests.flush();
    this.toolCalls.flush();
    return { type: this.#registry.contentType, body: await this.#registry.metrics() };
  }
}
