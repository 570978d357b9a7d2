import { PassThrough } from "node:stream";

import { expect, test } from "vitest";

import { printTable } from "../src/print.ts";

function printed(
  rows: readonly (readonly (string | null)[])[],
  color: boolean,
  isTTY = true,
): string {
  const output = Object.assign(new PassThrough({ encoding: "utf8" }), { isTTY });
  printTable(output, ["ID", "USER"], rows, { color });
  return String(output.read());
}

test("shows a row a line, and - for what is not known", () => {
  const lines = printed(
    [
      ["k1", "ada"],
      ["k2", null],
    ],
    false,
  ).split("\n");

  expect(lines.filter((line) => /k\d/.test(line))).toEqual(["│ k1 │ ada  │", "│ k2 │ -    │"]);
});

test("strips what would steer the terminal from a cell", () => {
  expect(printed([["k1", "a\u001B[2J\nda"]], false)).toContain("│ a[2Jda │");
});

test("sets the head in bold, only with colours and on a terminal", () => {
  expect(printed([], true)).toContain("\u001B[1mID\u001B[22m");
  expect(printed([], false)).not.toContain("\u001B");
  expect(printed([], true, false)).not.toContain("\u001B");
});
