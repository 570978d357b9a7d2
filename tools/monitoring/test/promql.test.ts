import { expect, it } from "vitest";

import { readQuery } from "../promql.ts";

const metricsIn = (query: string) => readQuery(query).selectors.map(({ metric }) => metric);

it("finds metrics, recordings and what is wanted of their labels", () => {
  expect(readQuery('sum(rate(a_total{code=~"x|y", job!="z"}[5m])) / job:b:ratio5m')).toEqual({
    selectors: [
      {
        metric: "a_total",
        matchers: [
          { label: "code", operator: "=~", value: "x|y" },
          { label: "job", operator: "!=", value: "z" },
        ],
      },
      { metric: "job:b:ratio5m", matchers: [] },
    ],
    labels: [],
  });
});

it("finds the labels that are grouped and joined by", () => {
  const query = "sum by (job, le) (a) and on (instance) group_left (code) sum(b) without(route)";
  expect(readQuery(query).labels).toEqual(["job", "le", "instance", "code", "route"]);
  expect(metricsIn(query)).toEqual(["a", "b"]);
});

it("takes no function, word, duration or number for a metric", () => {
  const query =
    "(a unless a offset 15m) or 0 * increase(b[$__rate_interval]) > bool 1e3 and c > 1.5";
  expect(metricsIn(query)).toEqual(["a", "a", "b", "c"]);
});
