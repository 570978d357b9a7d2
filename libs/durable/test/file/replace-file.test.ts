import { mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { expect, it } from "vitest";

import { removeLeftovers, replaceFile } from "../../src/file/replace-file.ts";
import { temporaryFolder } from "./folder.ts";

it("replaces a file whole, for this user alone, and leaves nothing beside it", async () => {
  const folder = await temporaryFolder();
  const path = join(folder, "state");
  await writeFile(path, "the old one, which was longer", { mode: 0o644 });
  await replaceFile(path, "new");
  expect(await readFile(path, "utf8")).toBe("new");
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(await readdir(folder)).toEqual(["state"]);
});

it("asks the guard before the rename and after it, and leaves the old file when it refuses", async () => {
  const folder = await temporaryFolder();
  const path = join(folder, "state");
  const seen: string[] = [];
  const guard = async () => void seen.push(await readFile(path, "utf8").catch(() => "nothing"));
  await replaceFile(path, "old", { guard });
  expect(seen).toEqual(["nothing", "old"]);
  const refusing = async () => Promise.reject(new Error("not yours"));
  await expect(replaceFile(path, "new", { guard: refusing })).rejects.toThrow("not yours");
  expect([await readFile(path, "utf8"), await readdir(folder)]).toEqual(["old", ["state"]]);
});

it("rejects where it cannot write, and cleans up where it cannot rename", async () => {
  const folder = await temporaryFolder();
  const missing = replaceFile(join(folder, "missing", "state"), "new");
  await expect(missing).rejects.toMatchObject({ code: "ENOENT" });
  await mkdir(join(folder, "taken"));
  await expect(replaceFile(join(folder, "taken"), "new")).rejects.toMatchObject({
    code: "EISDIR",
  });
  expect(await readdir(folder)).toEqual(["taken"]);
});

it("overwrites what a crash left at a name that was chosen for all times", async () => {
  const folder = await temporaryFolder();
  const path = join(folder, "head");
  await writeFile(`${path}.tmp`, "half of a longer one");
  await replaceFile(path, "whole", { temporary: `${path}.tmp` });
  expect([await readFile(path, "utf8"), await readdir(folder)]).toEqual(["whole", ["head"]]);
});

it("removes what crashes left of the files that are wanted, and nothing else", async () => {
  const folder = await temporaryFolder();
  const left = "0b5c3a52-6f0c-4b52-8a37-1f4c4a4f3a11.tmp";
  const others = ["other.tmp", `other.${left}`, "state", "state.bak", "state.tmp"];
  await Promise.all([...others, `state.${left}`].map((name) => writeFile(join(folder, name), "")));
  await removeLeftovers(folder, (name) => name === "state");
  expect((await readdir(folder)).toSorted()).toEqual(others.toSorted());
  await rm(folder, { recursive: true });
  const gone = removeLeftovers(folder, () => true);
  await expect(gone).rejects.toMatchObject({ code: "ENOENT" });
});
