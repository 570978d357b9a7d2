import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { expect, it, onTestFinished } from "vitest";

import { atMost, exactly, percentile, told } from "../figures.ts";
import { type Result, withResult } from "../page.ts";

const workspace = fileURLToPath(new URL("../../..", import.meta.url));
const result: Result = {
  day: "2026-11-22",
  machine: { processor: "Abacus", cores: 2, memoryGb: 4, system: "linux x64", node: "v20.0.0" },
  load: ["0.5", "1.5"],
  figures: [
    atMost("A cold read", 2_001, 2_000, "ms"),
    exactly("Requests lost", 0, 0),
    told("Requests", 12_345),
  ],
};

it("makes the page when there is none", () => {
  const page = withResult(undefined, result);
  expect(page).toMatch(/^# Performance\n/);
  expect(page).toContain("Abacus, 2 cores, 4 GB");
  expect(page).toMatch(/\| A cold read +\| 2,001 ms +\| at most 2,000 ms +\| \*\*missed\*\* +\|/);
  expect(page).toMatch(/\| Requests lost +\| 0 +\| 0 +\| reached +\|/);
  expect(page).toMatch(/\| Requests +\| 12,345 +\| — +\| — +\|/);
});

it("adds a section to a page without one", () => {
  const page = withResult("# Performance\n\nWords.\n", result);
  expect(page).toMatch(/^# Performance\n\nWords\.\n\n## Load\n\n<!-- load: begin -->\n/);
});

it("replaces what is between the markers, and nothing else", () => {
  const before =
    "# Performance\n\nBefore.\n\n<!-- load: begin -->\n\nstale\n\n<!-- load: end -->\n\nAfter.\n";
  const page = withResult(before, result);
  expect(page).toMatch(/^# Performance\n\nBefore\.\n\n<!-- load: begin -->\n/);
  expect(page).toMatch(/<!-- load: end -->\n\nAfter\.\n$/);
  expect(page).not.toContain("stale");
  expect(withResult(page, result)).toBe(page);
});

it("writes Markdown that the formatter leaves alone", () => {
  const folder = mkdtempSync(join(tmpdir(), "load-page-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "performance.md");
  const page = withResult(undefined, result);
  writeFileSync(file, page);
  const config = join(workspace, ".oxfmtrc.json");
  execFileSync(join(workspace, "node_modules/.bin/oxfmt"), ["--config", config, file]);
  expect(readFileSync(file, "utf8")).toBe(page);
});

it("tells percentiles by the nearest rank", () => {
  const figures = Array.from({ length: 100 }, (_, index) => 100 - index);
  expect([50, 95, 99].map((percent) => percentile(figures, percent))).toEqual([50, 95, 99]);
  expect(percentile([7], 99)).toBe(7);
  expect(percentile([], 99)).toBeNaN();
});
