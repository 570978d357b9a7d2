import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

import { parse } from "yaml";
import { z } from "zod";

const folder = new URL("../../docker/monitoring/prometheus/", import.meta.url);

/** The files, as promtool is told them. */
export const rulesFile = fileURLToPath(new URL("rules.yaml", folder));
export const ruleTestsFile = fileURLToPath(new URL("rules.test.yaml", folder));
const configFile = new URL("prometheus.yml", folder);

const recording = z.strictObject({ record: z.string(), expr: z.string() });

const alert = z.strictObject({
  alert: z.string(),
  expr: z.string(),
  for: z.string().optional(),
  labels: z.strictObject({ severity: z.enum(["critical", "warning", "info"]) }),
  annotations: z.strictObject({
    summary: z.string(),
    description: z.string(),
    runbook_url: z.string(),
  }),
});

const rules = z.strictObject({
  groups: z.array(
    z.strictObject({ name: z.string(), rules: z.array(z.union([recording, alert])) }),
  ),
});

const ruleTests = z.looseObject({
  tests: z.array(
    z.looseObject({
      promql_expr_test: z.array(
        z.strictObject({
          expr: z.string(),
          eval_time: z.string(),
          exp_samples: z.array(z.unknown()),
        }),
      ),
    }),
  ),
});

/** A number that Prometheus keeps under a name of its own. */
export type Recording = z.infer<typeof recording>;

/** A condition that somebody is told of. */
export type Alert = z.infer<typeof alert>;

/** The recordings and alerts of rules.yaml, in their order. */
export async function readRules(): Promise<{
  readonly recordings: readonly Recording[];
  readonly alerts: readonly Alert[];
}> {
  const { groups } = rules.parse(parse(await readFile(rulesFile, "utf8")));
  const all = groups.flatMap((group) => group.rules);
  return {
    recordings: all.filter((rule) => "record" in rule),
    alerts: all.filter((rule) => "alert" in rule),
  };
}

const config = z.looseObject({
  rule_files: z.array(z.string()),
  scrape_configs: z.array(z.looseObject({ job_name: z.string() })),
});

/** The rules that prometheus.yml loads, and the jobs that it scrapes. */
export async function readConfig(): Promise<z.infer<typeof config>> {
  return config.parse(parse(await readFile(configFile, "utf8")));
}

/** What rules.test.yaml expects of an alert at some time: that it fires, or that it does not. */
export interface Expectation {
  readonly alert: string;
  readonly fires: boolean;
}

/** Every expectation of rules.test.yaml. */
export async function readExpectations(): Promise<readonly Expectation[]> {
  const { tests } = ruleTests.parse(parse(await readFile(ruleTestsFile, "utf8")));
  return tests
    .flatMap((test) => test.promql_expr_test)
    .map(({ expr, exp_samples }) => ({
      alert: /^ALERTS\{alertname="(\w+)", alertstate="firing"\}$/.exec(expr)?.[1] ?? expr,
      fires: exp_samples.length > 0,
    }));
}
