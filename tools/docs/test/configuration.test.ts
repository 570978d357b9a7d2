import { expect, test } from "vitest";
import { z } from "zod";

import * as http from "../../../apps/http-server/src/config.ts";
import * as stdio from "../../../apps/stdio-server/src/config.ts";
import { Markdown } from "../markdown.ts";
import { read } from "../workspace.ts";

const bounds = z.looseObject({ minimum: z.number().optional(), maximum: z.number().optional() });
const page = new Markdown(await read("docs/configuration.md"));

/** Name and default of each setting, as the table below a heading has them. */
function documented(...headings: readonly string[]): Record<string, string | undefined> {
  const rows = headings.flatMap((heading) => page.tableUnder(heading));
  return Object.fromEntries(rows.map(([name, preset]) => [name, preset]));
}

/** Name and default of each setting, as an empty environment leaves them. */
function actual(
  names: readonly string[],
  config: Readonly<Record<string, unknown>>,
): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, shown(config[name])]));
}

function shown(value: unknown): string {
  if (value === undefined || (Array.isArray(value) && value.length === 0)) return "—";
  return typeof value === "string" ? value : JSON.stringify(value);
}

test("the tables hold every setting of the HTTP server, with its default", () => {
  const names = Object.keys(http.settingsSchema.shape);
  expect(documented("Both servers", "HTTP server")).toEqual(actual(names, http.loadConfig({})));
});

test("the tables hold every setting of the stdio server, with its default", () => {
  const names = Object.keys(stdio.settingsSchema.shape);
  expect(documented("Both servers", "Stdio server")).toEqual(actual(names, stdio.loadConfig({})));
});

test("the tables hold the bounds of every number", () => {
  const { properties = {} } = z.toJSONSchema(http.settingsSchema, { unrepresentable: "any" });
  const numbers = Object.entries(properties)
    .map(([name, property]) => ({ name, ...bounds.parse(property) }))
    .filter(({ minimum }) => minimum !== undefined);
  const rows = ["Both servers", "HTTP server"].flatMap((heading) => page.tableUnder(heading));
  const meanings = new Map(rows.map(([name, , meaning = ""]) => [name, meaning]));
  expect(numbers.length).toBeGreaterThan(0);
  const wrong = numbers.filter(
    ({ name, minimum, maximum }) => !meanings.get(name)?.includes(`${minimum} to ${maximum}`),
  );
  expect(wrong).toEqual([]);
});
