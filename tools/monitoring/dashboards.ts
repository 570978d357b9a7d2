import { readdir, readFile } from "node:fs/promises";

import { z } from "zod";

const folder = new URL("../../docker/monitoring/grafana/dashboards/", import.meta.url);

const panel = z.looseObject({
  id: z.int(),
  type: z.enum(["row", "stat", "timeseries"]),
  title: z.string(),
  description: z.string().optional(),
  datasource: z.strictObject({ type: z.string(), uid: z.string() }).optional(),
  gridPos: z.strictObject({ x: z.int(), y: z.int(), w: z.int(), h: z.int() }),
  fieldConfig: z.looseObject({ defaults: z.looseObject({ unit: z.string() }) }).optional(),
  targets: z
    .array(z.strictObject({ refId: z.string(), expr: z.string(), legendFormat: z.string() }))
    .default([]),
});

const variable = z.looseObject({
  name: z.string(),
  type: z.string(),
  datasource: z.strictObject({ type: z.string(), uid: z.string() }).optional(),
  definition: z.string().optional(),
});

const dashboard = z.looseObject({
  id: z.null(),
  uid: z.string().max(40),
  title: z.string(),
  schemaVersion: z.int(),
  templating: z.strictObject({ list: z.array(variable) }),
  panels: z.array(panel),
});

/** A tile of a dashboard, or the heading of a row. */
export type Panel = z.infer<typeof panel>;

/** A page of Grafana, as far as it is checked. */
export type Dashboard = z.infer<typeof dashboard>;

/** Every provisioned dashboard, by its file. Throws when one is not of the form that Grafana imports. */
export async function readDashboards(): Promise<ReadonlyMap<string, Dashboard>> {
  const files = (await readdir(folder)).filter((file) => file.endsWith(".json"));
  const read = async (file: string) => {
    const text = await readFile(new URL(file, folder), "utf8");
    return [file, dashboard.parse(JSON.parse(text))] as const;
  };
  return new Map(await Promise.all(files.map(read)));
}

/** The queries of a dashboard, without its headings. */
export function queriesOf({ panels }: Dashboard): readonly string[] {
  return panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));
}
