import { Counter, Histogram, type Registry } from "prom-client";

import { Batch } from "./batch.ts";

/** How one call of a tool ended. */
export interface EndedToolCall {
  /** The name of a tool that exists. */
  readonly tool: string;
  /** `ok`, or the code of the error. */
  readonly outcome: string;
  readonly durationMs: number;
}

/** Calls of tools, by how they ended, and how long they took. */
export class ToolCallMetrics {
  readonly #total: Counter<"tool" | "outcome">;
  readonly #seconds: Histogram<"tool">;
  readonly #ended = new Batch<EndedToolCall>((call) => this.#count(call));

  constructor(registry: Registry) {
    const registers = [registry];
    this.#total = new Counter({
      name: "pr_review_tool_calls_total",
      help: "Calls of tools, by tool and outcome: ok, or the code of the error.",
      labelNames: ["tool", "outcome"],
      registers,
    });
    this.#seconds = new Histogram({
      name: "pr_review_tool_call_duration_seconds",
      help: "Time a call of a tool took.",
      labelNames: ["tool"],
      buckets: [0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120],
      registers,
    });
  }

  /** Notes a call that has ended; `flush` counts it. */
  ended(call: EndedToolCall): void {
    this.#ended.add(call);
  }

  /** Counts what was noted. */
  flush(): void {
    this.#ended.flush();
  }

  #count({ tool, outcome, durationMs }: EndedToolCall): void {
    this.#total.inc({ tool, outcome });
    this.#seconds.observe({ tool }, durationMs / 1_000);
  }
}
