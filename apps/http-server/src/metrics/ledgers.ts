import { Counter, type Registry } from "prom-client";

/** What could not be written down where no request is refused for it, so that nothing else tells. */
export class LedgerMetrics {
  readonly #usage: Counter;
  readonly #audit: Counter;

  constructor(registry: Registry) {
    const registers = [registry];
    this.#usage = new Counter({
      name: "pr_review_usage_flush_failures_total",
      help: "Times counts of usage could not be stored and were kept in memory.",
      registers,
    });
    this.#audit = new Counter({
      name: "pr_review_audit_failures_total",
      help: "Times the audit log failed at the start, or missed a refusal or what the server did by itself.",
      registers,
    });
  }

  /** Notes that counts of usage could not be stored this time. */
  usageNotStored(): void {
    this.#usage.inc();
  }

  /** Notes that the audit log could not be opened, or has no record of a refusal or of what the server did by itself. */
  auditFailed(): void {
    this.#audit.inc();
  }
}
