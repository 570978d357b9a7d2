import { Counter, Histogram, type Registry } from "prom-client";

import { Batch } from "./batch.ts";

/** How one HTTP request ended. */
export interface EndedRequest {
  /** The pattern of its route, or `other`; never its path. */
  readonly route: string;
  readonly method: string;
  /** 499 when the caller left before the answer was whole. */
  readonly status: number;
  readonly durationMs: number;
}

/** Callers can send any method; each would be a series of its own. */
const methods = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

/** HTTP requests, by route, and how long they took. */
export class RequestMetrics {
  readonly #total: Counter<"route" | "method" | "status">;
  readonly #seconds: Histogram<"route">;
  readonly #ended = new Batch<EndedRequest>((request) => this.#count(request));

  constructor(registry: Registry) {
    const registers = [registry];
    this.#total = new Counter({
      name: "pr_review_http_requests_total",
      help: "HTTP requests, by route, method and status; 499 when the caller left.",
      labelNames: ["route", "method", "status"],
      registers,
    });
    this.#seconds = new Histogram({
      name: "pr_review_http_request_duration_seconds",
      help: "Time from the head of a request to the end of its answer; for streams, their life.",
      labelNames: ["route"],
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
      registers,
    });
  }

  /** Notes a request that has ended; `flush` counts it. */
  ended(request: EndedRequest): void {
    this.#ended.add(request);
  }

  /** Counts what was noted. */
  flush(): void {
    this.#ended.flush();
  }

  #count({ route, method, status, durationMs }: EndedRequest): void {
    const known = methods.has(method) ? method : "other";
    this.#total.inc({ route, method: known, status });
    this.#seconds.observe({ route }, durationMs / 1_000);
  }
}
