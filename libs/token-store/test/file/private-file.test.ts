import { readdir, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

import { expect, it } from "vitest";

import { PrivateFile } from "../../src/file.ts";
import { temporaryFolder } from "./folder.ts";

async function privateFile(): Promise<PrivateFile> {
  return new PrivateFile(join(await temporaryFolder(), "deep", "secrets"));
}

it("keeps text that its owner alone can read, in a folder of the same kind", async () => {
  const file = await privateFile();
  await file.write("first");
  await file.write("second");
  expect(await file.read()).toBe("second");
  expect((await stat(file.path)).mode & 0o777).toBe(0o600);
  expect((await stat(dirname(file.path))).mode & 0o777).toBe(0o700);
  expect(await readdir(dirname(file.path))).toEqual(["secrets"]);
});

it("has no text where there is no file", async () => {
  expect(await (await privateFile()).read()).toBeUndefined();
});

it("says which path cannot be read or written, and what to do", async () => {
  const place = join(await temporaryFolder(), "place");
  await writeFile(place, "mine");
  const file = new PrivateFile(join(place, "secrets"));
  for (const work of [file.read(), file.write("text")]) {
    await expect(work).rejects.toMatchObject({ code: "store-unavailable" });
    await expect(work).rejects.toThrow(`${file.path} cannot be read or written (E`);
    await expect(work).rejects.toThrow("Remove the file that is in the place of its folder");
  }
});
