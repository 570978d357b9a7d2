import type { FeedSource, RequestReport } from "@pr-review/github-comments";
import { Counter, Histogram, type Registry } from "prom-client";

/** What GitHub is asked, what that costs, and what it spares us to have an answer already. */
export class GitHubMetrics {
  readonly #requests: Counter<"outcome">;
  readonly #withheld: Counter<"outcome">;
  readonly #seconds: Histogram;
  readonly #waits: Histogram;
  readonly #points: Counter;
  readonly #remaining: Histogram;
  readonly #reads: Counter<"source">;

  constructor(registry: Registry) {
    const registers = [registry];
    this.#requests = new Counter({
      name: "pr_review_github_requests_total",
      help: "Requests sent to GitHub, retries included, by outcome: ok, partial, or a code.",
      labelNames: ["outcome"],
      registers,
    });
    this.#withheld = new Counter({
      name: "pr_review_github_requests_withheld_total",
      help: "Requests not sent: GitHub's limit lasts too long, or the caller left.",
      labelNames: ["outcome"],
      registers,
    });
    this.#seconds = new Histogram({
      name: "pr_review_github_request_duration_seconds",
      help: "Time from sending a request to the last byte of its answer.",
      buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
      registers,
    });
    this.#waits = new Histogram({
      name: "pr_review_github_wait_seconds",
      help: "Time a request waited for its turn, and for GitHub's limit to pass.",
      buckets: [0.001, 0.01, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
      registers,
    });
    this.#points = new Counter({
      name: "pr_review_github_points_total",
      help: "GraphQL points spent, over all credentials.",
      registers,
    });
    // A gauge would need the credential as a label; as a histogram it tells how many are close to their end.
    this.#remaining = new Histogram({
      name: "pr_review_github_points_remaining",
      help: "GraphQL points the credential of a request had left after it.",
      buckets: [0, 100, 500, 1_000, 2_500, 4_000, 5_000, 10_000],
      registers,
    });
    this.#reads = new Counter({
      name: "pr_review_feed_reads_total",
      help: "Reads of pull requests: kept from before, joined to one under way, or from github.",
      labelNames: ["source"],
      registers,
    });
  }

  /** Notes a try at GitHub; for `GitHubSettings.onRequest`. */
  readonly tried = (report: RequestReport): void => {
    const { outcome, wasSent, waitedMs, durationMs, points, remaining } = report;
    this.#waits.observe(waitedMs / 1_000);
    if (!wasSent) {
      this.#withheld.inc({ outcome });
      return;
    }
    this.#requests.inc({ outcome });
    this.#seconds.observe(durationMs / 1_000);
    if (points !== undefined) this.#points.inc(points);
    if (remaining !== undefined) this.#remaining.observe(remaining);
  };

  /** Notes a read of a pull request; for `FeedReaderOptions.onRead`. */
  readonly read = (source: FeedSource): void => {
    this.#reads.inc({ source });
  };
}
