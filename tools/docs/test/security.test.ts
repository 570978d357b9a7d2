import { sanitise } from "@pr-review/github-comments";
import { toolSettings } from "@pr-review/mcp-tools";
import { expect, test } from "vitest";

import { Markdown } from "../markdown.ts";
import { read } from "../workspace.ts";

const page = new Markdown(await read("docs/security.md"));
const kinds = Object.entries(sanitise("").removed).map(([kind]) => kind);

/** A cell with `\u202E` and the like for characters that nobody would see in it. */
function unescaped(cell: string): string {
  return cell.replaceAll(/\\u([0-9A-F]{4})/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}

test("the table of what is removed has every kind", () => {
  expect(page.tableUnder("Untrusted text").map(([kind]) => kind)).toEqual(kinds);
});

test.each(page.tableUnder("Untrusted text"))(
  "the model reads the example of %s as shown",
  (kind, _, written = "", shown = "") => {
    const { text, removed } = sanitise(unescaped(written));
    expect(text).toBe(shown);
    expect(Object.entries(removed).filter(([, count]) => count > 0)).toEqual([
      [kind, expect.any(Number)],
    ]);
  },
);

test("the table of what is missing has every kind", async () => {
  const source = await read("libs/github-comments/src/diagnose/missing.ts");
  const named = [...source.matchAll(/^ {2}\| "([a-z-]+)"/gm)].map(([, kind]) => kind);
  expect(named.length).toBeGreaterThan(0);
  expect(page.tableUnder("What is missing").map(([kind]) => kind)).toEqual(named);
});

test("the table of lockdowns has every mode", () => {
  expect(page.tableUnder("Lockdown").map(([mode]) => mode)).toEqual(
    toolSettings.shape.MCP_LOCKDOWN.unwrap().options,
  );
});
