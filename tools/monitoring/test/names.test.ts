import { beforeAll, expect, it } from "vitest";

import { queriesOf, readDashboards } from "../dashboards.ts";
import { readQuery } from "../promql.ts";
import { readRules } from "../rules.ts";
import { KnownNames } from "./known-names.ts";
import { observeMetrics, type Observed } from "./observed-metrics.ts";

const { recordings, alerts } = await readRules();
const dashboards = [...(await readDashboards()).values()];
const recorded = new Map(recordings.map(({ record, expr }) => [record, readQuery(expr)]));
let observed: Observed;
let known: KnownNames;

beforeAll(async () => {
  observed = await observeMetrics();
  known = new KnownNames(observed);
});

/** The metrics of the server behind a name, which may be that of a recording. */
function sourcesOf(metric: string): readonly string[] {
  const recording = recorded.get(metric);
  if (recording === undefined) return [metric];
  return [...new Set(recording.selectors.flatMap((each) => sourcesOf(each.metric)))];
}

/** Names in a query that no server tells, and conditions that no series of one can meet. */
function complaintsOf(text: string): readonly string[] {
  const { selectors, labels } = readQuery(text);
  const sources = selectors.flatMap(({ metric }) => sourcesOf(metric));
  return [
    ...sources.filter((metric) => !known.hasMetric(metric)),
    ...labels.filter((label) => !sources.some((metric) => known.hasLabel(metric, label))),
    ...selectors.flatMap(({ metric, matchers }) =>
      sourcesOf(metric).flatMap((source) =>
        matchers
          .map((matcher) => known.complaint(source, matcher))
          .filter((each) => each !== undefined),
      ),
    ),
    ...selectors.flatMap(({ metric, matchers }) =>
      lostLabels(
        metric,
        matchers.map(({ label }) => label),
      ),
    ),
  ];
}

/** Labels that a recording has summed over, so that nothing can be asked of them. */
function lostLabels(metric: string, wanted: readonly string[]): readonly string[] {
  const recording = recorded.get(metric);
  if (recording === undefined) return [];
  const kept = metric.split(":")[0]?.split("_") ?? [];
  return wanted.filter((label) => !kept.includes(label));
}

it.each([
  ...recordings.map(({ record, expr }) => [record, expr] as const),
  ...alerts.map(({ alert, expr }) => [alert, expr] as const),
])("asks a server in %s only for what it tells", (_name, expr) => {
  expect(complaintsOf(expr)).toEqual([]);
});

it.each(recordings)("names $record by the labels it keeps", ({ record, expr }) => {
  const [kept = ""] = record.split(":");
  const { selectors, labels } = readQuery(expr);
  const inherited = selectors.flatMap(({ metric }) =>
    recorded.has(metric) ? (metric.split(":")[0] ?? "").split("_") : [],
  );
  const left = labels.length > 0 ? labels.filter((label) => label !== "le") : inherited;
  expect([...new Set(left)]).toEqual(kept.split("_"));
});

it("asks a server in every panel only for what it tells", () => {
  const queries = dashboards.flatMap(queriesOf);
  expect(queries.length).toBeGreaterThan(30);
  expect(queries.flatMap(complaintsOf)).toEqual([]);
});

it("tells apart what is there from what is not", () => {
  expect(complaintsOf("pr_review_tool_call_total")).toEqual(["pr_review_tool_call_total"]);
  expect(complaintsOf("sum by (user) (pr_review_tool_calls_total)")).toEqual(["user"]);
  expect(complaintsOf('pr_review_problems_total{code="rate-limit"}')).toEqual([
    "code of pr_review_problems_total is never rate-limit",
  ]);
  expect(complaintsOf('job_code:pr_review_problems:increase15m{route="/mcp"}')).toEqual([
    "pr_review_problems_total has no label route",
    "route",
  ]);
  expect(complaintsOf('pr_review_tool_call_duration_seconds_bucket{le="2"}')).toHaveLength(1);
});

it("tells no number of keys while Redis is away, by which an alert knows", () => {
  const keys = (from: Observed[keyof Observed]) =>
    from.get("pr_review_stored_keys")?.samples.length;
  expect([keys(observed.healthy), keys(observed.degraded)]).toEqual([1, 0]);
  const { samples = [] } = observed.degraded.get("pr_review_rate_limit_degraded_total") ?? {};
  expect(samples.map(({ labels }) => labels)).toEqual([{ policy: "local" }]);
});
