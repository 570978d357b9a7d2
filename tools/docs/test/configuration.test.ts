import { expect, test } from "vitest";

import * as http from "../../../apps/http-server/src/config.ts";
import * as stdio from "../../../apps/stdio-server/src/config.ts";
import { Markdown } from "../markdown.ts";
import { read } from "../workspace.ts";

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
