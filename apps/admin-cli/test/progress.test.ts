import { PassThrough } from "node:stream";

import { expect, test } from "vitest";

import { Progress } from "../src/progress.ts";

function shown(isTTY: boolean, total: number, ...done: readonly number[]): string {
  const output = Object.assign(new PassThrough({ encoding: "utf8" }), { isTTY });
  const progress = new Progress(output, total, "keys");
  for (const count of done) progress.show(count);
  progress.end();
  return String(output.read() ?? "");
}

test("writes a line for each tenth where there is no terminal", () => {
  expect(shown(false, 1_000, 50, 100, 150, 199, 225, 1_000)).toBe(
    "100 of 1000 keys\n225 of 1000 keys\n1000 of 1000 keys\n",
  );
});

test("draws one bar over and over on a terminal, and ends its line", () => {
  const bars = shown(true, 10, 1, 10).split("\r\u001B[K");

  expect(bars).toEqual([
    "",
    `${"█".repeat(3)}${"░".repeat(27)} 1 of 10 keys`,
    `${"█".repeat(30)} 10 of 10 keys\n`,
  ]);
});
