import { expect, it } from "vitest";

import { Markdown } from "../../../tools/docs/markdown.ts";
import { read } from "../../../tools/docs/workspace.ts";
import { settingsSchema as httpSettings } from "../../http-server/src/config.ts";
import { settingsSchema as stdioSettings } from "../../stdio-server/src/config.ts";

const page = new Markdown(await read("docs/migrating.md"));
const settings = new Set([
  ...Object.keys(httpSettings.shape),
  ...Object.keys(stdioSettings.shape),
  // Of this program.
  "MCP_MODE",
]);
const rows = page.tableUnder("Settings").map(([names = "", fate = ""]) => ({
  names: names.match(/[A-Z]+(?:_[A-Z]+)+/g) ?? [],
  isGone: fate.startsWith("gone"),
}));

it("tells of every setting that stays, and of none that is not there", () => {
  const kept = rows.filter(({ isGone }) => !isGone).flatMap(({ names }) => names);
  expect(kept.length).toBeGreaterThan(20);
  expect(kept.filter((name) => !settings.has(name))).toEqual([]);
});

it("calls gone what neither server reads", () => {
  const gone = rows.filter(({ isGone }) => isGone).flatMap(({ names }) => names);
  expect(gone.length).toBeGreaterThan(5);
  expect(gone.filter((name) => settings.has(name))).toEqual([]);
});
