import type { KeyCounts } from "@pr-review/key-lifecycle";
import { Gauge, type Registry } from "prom-client";

/** Keys that somebody should look at, as they were when they were last looked through. */
export class KeyMetrics {
  readonly #keys: Gauge<"state">;

  constructor(registry: Registry) {
    this.#keys = new Gauge({
      name: "pr_review_keys",
      help: "API keys that expire within 7 days, have expired, or are disabled.",
      labelNames: ["state"],
      registers: [registry],
    });
  }

  /** Shows these numbers from now on. */
  counted({ expiring, expired, disabled }: KeyCounts): void {
    this.#keys.set({ state: "expiring" }, expiring);
    this.#keys.set({ state: "expired" }, expired);
    this.#keys.set({ state: "disabled" }, disabled);
  }
}
