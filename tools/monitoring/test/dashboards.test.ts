import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { describe, expect, it, onTestFinished } from "vitest";

import { type Panel, queriesOf, readDashboards } from "../dashboards.ts";
import { promtool } from "../promtool.ts";

const dashboards = [...(await readDashboards())];
const datasource = { type: "prometheus", uid: "${datasource}" };

/** What Grafana puts in place of its own names. */
const filledIn = (query: string) =>
  query.replaceAll("$__rate_interval", "1m").replaceAll("$__range", "6h");

function overlap(a: Panel["gridPos"], b: Panel["gridPos"]): boolean {
  return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

it("is there to be provisioned", () => {
  expect(dashboards.map(([file]) => file)).toEqual(["pr-review.json"]);
});

describe.each(dashboards)("%s", (_file, dashboard) => {
  const { panels, templating } = dashboard;
  const tiles = panels.filter(({ type }) => type !== "row");

  it("has the rows that people look for, in this order", () => {
    const rows = panels.filter(({ type }) => type === "row").map(({ title }) => title);
    expect(rows).toEqual([
      "Traffic",
      "Errors",
      "Latency",
      "Auth and limits",
      "GitHub",
      "Streams",
      "Process",
    ]);
  });

  it("gives every panel an id of its own", () => {
    const ids = panels.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("keeps panels within 24 columns, and none covers another", () => {
    expect(panels.filter(({ gridPos: { x, w } }) => x < 0 || w < 1 || x + w > 24)).toEqual([]);
    const pairs = panels.flatMap((a, index) => panels.slice(index + 1).map((b) => [a, b] as const));
    const covered = pairs.filter(([a, b]) => overlap(a.gridPos, b.gridPos));
    expect(covered.map(([a, b]) => `${a.title} and ${b.title}`)).toEqual([]);
  });

  it("reads from the data source that people choose, whatever its id", () => {
    const sources = templating.list.filter(({ type }) => type === "datasource");
    expect(sources).toMatchObject([{ name: "datasource", query: "prometheus" }]);
    const variables = templating.list.filter(({ type }) => type === "query");
    expect(tiles.length + variables.length).toBeGreaterThan(25);
    for (const each of [...tiles, ...variables]) expect(each.datasource).toEqual(datasource);
  });

  it("asks for no variable that it does not have", () => {
    const names = templating.list.map(({ name }) => name);
    const asked = JSON.stringify(dashboard).matchAll(/\$\{?(\w+)\}?/g);
    const own = [...asked].map(([, name = ""]) => name).filter((name) => !name.startsWith("__"));
    expect([...new Set(own)].toSorted()).toEqual(names.toSorted());
  });

  it.each(tiles)("says of $title what it shows, in which unit", (tile) => {
    expect(tile.description).toMatch(/^[A-Za-z0-9].+\.$/);
    expect(tile.fieldConfig?.defaults.unit).toBeTruthy();
    expect(tile.targets.map(({ refId }) => refId)).toEqual(
      ["A", "B", "C"].slice(0, tile.targets.length),
    );
    expect(tile.targets.every(({ legendFormat }) => legendFormat !== "")).toBe(true);
  });

  it("has no query that promtool cannot parse", async () => {
    const folder = await mkdtemp(join(tmpdir(), "pr-review-queries-"));
    onTestFinished(() => rm(folder, { recursive: true }));
    const rules = queriesOf(dashboard).map((query, index) => ({
      record: `query:${index}`,
      expr: filledIn(query),
    }));
    const file = join(folder, "queries.json");
    await writeFile(file, JSON.stringify({ groups: [{ name: "queries", rules }] }));
    const { ok, output } = await promtool("check", "rules", file);
    expect(output).toContain(`${rules.length} rules found`);
    expect(ok).toBe(true);
  });
});
