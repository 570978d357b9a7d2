import { stat, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { expect, it } from "vitest";

import { makeFolder } from "../../src/file/make-folder.ts";
import { temporaryFolder } from "./folder.ts";

it("makes a folder and those above it for this user alone, and leaves one that is there", async () => {
  const above = join(await temporaryFolder(), "data");
  const folder = join(above, "audit");
  await makeFolder(folder);
  await writeFile(join(folder, "kept"), "");
  await makeFolder(folder);
  const modes = await Promise.all([above, folder].map(async (path) => (await stat(path)).mode));
  expect(modes.map((mode) => mode & 0o777)).toEqual([0o700, 0o700]);
  expect((await stat(join(folder, "kept"))).isFile()).toBe(true);
});

it("gives up where a folder that exists takes none, which the recursive mkdir of Node never does", async () => {
  await expect(makeFolder("/proc/pr-review/data")).rejects.toMatchObject({ code: "ENOENT" });
});

it("rejects where a file is in the place of a folder", async () => {
  const file = join(await temporaryFolder(), "file");
  await writeFile(file, "");
  for (const folder of [file, join(file, "data")]) {
    await expect(makeFolder(folder)).rejects.toMatchObject({ code: "EEXIST" });
  }
});
