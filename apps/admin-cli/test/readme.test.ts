import { readFileSync } from "node:fs";

import { expect, test } from "vitest";

import { exitCodes } from "../src/errors.ts";
import { rowFields } from "../src/import/row.ts";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");

test("the README lists every exit code as the program has it", () => {
  const rows = [...readme.matchAll(/^\| (\d+) +\| (.*?) +\|$/gm)];

  expect(rows.map(([, code, meaning]) => [Number(code), meaning])).toEqual(exitCodes);
});

test("the README names every column of an import", () => {
  for (const field of rowFields) expect(readme).toContain(`\`${field}\``);
});
