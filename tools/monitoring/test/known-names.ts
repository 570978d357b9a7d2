import { problems } from "../../../apps/http-server/src/problems.ts";
import type { Family, Sample } from "../../../apps/http-server/test/metrics/exposition.ts";
import type { Matcher } from "../promql.ts";
import type { Exposition, Observed } from "./observed-metrics.ts";

const codes = Object.keys(problems);
const githubOutcomes = [...codes, "partial", "failed"];

/** Values that an hour of a server need not show, of the labels whose values are codes. */
const furtherValues: Readonly<Record<string, readonly string[]>> = {
  "pr_review_problems_total code": codes,
  "pr_review_auth_failures_total code": codes,
  "pr_review_tool_calls_total outcome": codes,
  "pr_review_github_requests_total outcome": githubOutcomes,
  "pr_review_github_requests_withheld_total outcome": githubOutcomes,
  "pr_review_http_requests_total status": Object.values(problems).map(({ status }) => `${status}`),
};

/** What Prometheus adds to every series. */
const ofTheScrape = ["job", "instance"];

/** The names of all series that servers tell, with their labels and the values these can have. */
export class KnownNames {
  readonly #series = new Map<string, Map<string, Set<string>>>();

  constructor({ healthy, degraded }: Observed) {
    this.#series.set("up", new Map());
    this.#add(healthy);
    this.#add(degraded);
  }

  hasMetric(metric: string): boolean {
    return this.#series.has(metric);
  }

  /** What is wrong with a condition on a metric, if anything. */
  complaint(metric: string, { label, operator, value }: Matcher): string | undefined {
    const labels = this.#series.get(metric);
    if (labels === undefined) return `there is no metric ${metric}`;
    if (ofTheScrape.includes(label)) return undefined;
    const known = labels.get(label);
    if (known === undefined) return `${metric} has no label ${label}`;
    const wanted = operator.endsWith("~") ? value.split("|") : [value];
    const unknown = wanted.filter((each) => !matchesAny(each, known, operator));
    return unknown.length === 0 ? undefined : `${label} of ${metric} is never ${unknown.join()}`;
  }

  hasLabel(metric: string, label: string): boolean {
    return ofTheScrape.includes(label) || (this.#series.get(metric)?.has(label) ?? false);
  }

  #add(exposition: Exposition): void {
    for (const [name, family] of exposition) {
      for (const each of seriesOf(name, family)) this.#known(each);
      for (const sample of family.samples) this.#addLabels(sample);
    }
  }

  #addLabels({ name, labels }: Sample): void {
    const known = this.#known(name);
    for (const [label, value] of Object.entries(labels)) {
      const values = known.get(label) ?? new Set(furtherValues[`${name} ${label}`]);
      known.set(label, values.add(value));
    }
  }

  #known(metric: string): Map<string, Set<string>> {
    const known = this.#series.get(metric) ?? new Map<string, Set<string>>();
    this.#series.set(metric, known);
    return known;
  }
}

/** A metric that was never counted yet has a family, and no sample. */
function seriesOf(name: string, { type }: Family): readonly string[] {
  return type === "histogram" ? ["bucket", "sum", "count"].map((end) => `${name}_${end}`) : [name];
}

function matchesAny(wanted: string, known: ReadonlySet<string>, operator: string): boolean {
  if (!operator.endsWith("~")) return known.has(wanted);
  const pattern = new RegExp(`^(?:${wanted})$`);
  return [...known].some((each) => pattern.test(each));
}
