import { expect, it } from "vitest";

import { Markdown } from "../../docs/markdown.ts";
import { read } from "../../docs/workspace.ts";
import { readRules } from "../rules.ts";

const { alerts } = await readRules();
const page = new Markdown(await read("docs/operations.md"));

it.each(alerts)("leads from $alert to a section that names it", ({ alert, annotations }) => {
  const [, anchor = ""] = annotations.runbook_url.split("#");
  expect(page.anchors).toContain(anchor);
  expect(page.code).toContain(alert);
});
