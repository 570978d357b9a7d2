import { expect, it } from "vitest";

import { readQuery } from "../promql.ts";
import { promtool } from "../promtool.ts";
import { readConfig, readExpectations, readRules, rulesFile, ruleTestsFile } from "../rules.ts";

const { alerts, recordings } = await readRules();
const expectations = await readExpectations();
const names = alerts.map(({ alert }) => alert);

it("is accepted by promtool", async () => {
  const { ok, output } = await promtool("check", "rules", rulesFile);
  expect(output).toContain(`${alerts.length + recordings.length} rules found`);
  expect(ok).toBe(true);
});

it("passes every case of rules.test.yaml", { timeout: 300_000 }, async () => {
  const { ok, output } = await promtool("test", "rules", ruleTestsFile);
  expect(output).toContain("SUCCESS");
  expect(ok).toBe(true);
});

it("is loaded by prometheus.yml, and asks for the job that is scraped there", async () => {
  const { rule_files, scrape_configs } = await readConfig();
  expect(rule_files).toEqual(["rules.yaml"]);
  const asked = alerts.flatMap(({ expr }) => readQuery(expr).selectors);
  const jobs = asked.flatMap(({ matchers }) => matchers.filter(({ label }) => label === "job"));
  const scraped = scrape_configs.map(({ job_name }) => job_name);
  expect(new Set(jobs.map(({ value }) => value))).toEqual(new Set(scraped));
});

it("has no two alerts of one name, and no case for an alert that is not there", () => {
  expect(new Set(names).size).toBe(names.length);
  expect(expectations.filter(({ alert }) => !names.includes(alert))).toEqual([]);
});

it.each(names)("has a case in which %s fires, and one in which it keeps quiet", (name) => {
  const cases = expectations.filter(({ alert }) => alert === name);
  expect(new Set(cases.map(({ fires }) => fires))).toEqual(new Set([true, false]));
});

it.each(alerts)("tells what $alert means, what to do and where to read on", ({ annotations }) => {
  const { summary, description, runbook_url } = annotations;
  expect(summary).not.toMatch(/[.{]/);
  expect(summary.length).toBeLessThanOrEqual(72);
  expect(description).toMatch(/[a-z] .+\. [/A-Z].+\.$/);
  expect(runbook_url).toMatch(/^docs\/operations\.md#[a-z-]+$/);
});
