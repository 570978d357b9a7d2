import { mkdtemp, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";

import { expect, it, onTestFinished } from "vitest";

import { cacheOf, parameters, readCompiled, run } from "../compiled.ts";

// V8 remembers what it compiled in this process, and would not look at what lies in a file.
setFlagsFromString("--no-compilation-cache");

/** A program, and its compiled code beside it. */
async function compiledProgram(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "compiled-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, "program.js");
  const body =
    "globalThis.ran = [__filename, importMetaUrl, require('node:path').basename(__dirname)];";
  await writeFile(path, `(function (${parameters.join(", ")}) {\n${body}\n})`);
  const script = readCompiled(path);
  expect(script.cachedDataRejected).toBeUndefined();
  run(script, path);
  await writeFile(cacheOf(path), script.createCachedData());
  return path;
}

function ranAt(): unknown {
  return Reflect.get(globalThis, "ran");
}

it("takes the compiled code beside a program, and tells the program where it lies", async () => {
  const path = await compiledProgram();
  const script = readCompiled(path);
  expect(script.cachedDataRejected).toBe(false);
  Reflect.deleteProperty(globalThis, "ran");
  run(script, path);
  expect(ranAt()).toEqual([path, `file://${path}`, expect.stringMatching(/^compiled-/)]);
});

it("runs a program whose compiled code is not there", async () => {
  const path = await compiledProgram();
  await rm(cacheOf(path));
  Reflect.deleteProperty(globalThis, "ran");
  run(readCompiled(path), path);
  expect(ranAt()).toBeDefined();
});

it.each([
  ["cut off", async (path: string) => truncate(path, 100)],
  ["empty", async (path: string) => truncate(path, 0)],
  [
    "something else",
    async (path: string) => writeFile(path, "no code at all, and long enough to try"),
  ],
])("compiles anew what lies beside code that is %s", async (_what, damage) => {
  const path = await compiledProgram();
  await damage(cacheOf(path));
  const script = readCompiled(path);
  expect(script.cachedDataRejected).toBe(true);
  Reflect.deleteProperty(globalThis, "ran");
  run(script, path);
  expect(ranAt()).toBeDefined();
});

it("takes no code that was compiled under other flags", async () => {
  const path = await compiledProgram();
  setFlagsFromString("--stack-size=900");
  onTestFinished(() => setFlagsFromString("--stack-size=984"));
  expect(readCompiled(path).cachedDataRejected).toBe(true);
});

it("says so when a file holds no program", async () => {
  const path = await compiledProgram();
  await writeFile(path, "1");
  expect(() => run(readCompiled(path), path)).toThrow("is no program. Build it again.");
});
