import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, it, onTestFinished } from "vitest";

import { locatePromtool } from "../promtool.ts";

/** A program that says this and ends. */
async function programThatSays(text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "pr-review-promtool-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, "program");
  await writeFile(path, `#!/bin/sh\necho "${text}"\n`);
  await chmod(path, 0o755);
  return path;
}

it("takes the promtool that PROMTOOL names", async () => {
  const path = await programThatSays("promtool, version 2.42.0");
  expect(await locatePromtool({ env: { PROMTOOL: path } })).toBe(path);
});

it.each(["a program that is none", "a path where nothing is"])(
  "does not fall back on another when PROMTOOL names %s",
  async (kind) => {
    const path = await programThatSays("prometheus, version 2.42.0");
    const PROMTOOL = kind === "a program that is none" ? path : `${path}-missing`;
    await expect(locatePromtool({ env: { PROMTOOL } })).rejects.toMatchObject({
      code: "no-promtool",
      message: expect.stringContaining("set PROMTOOL to the path of a promtool") as string,
    });
  },
);
