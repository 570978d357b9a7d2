import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { build } from "esbuild";
import { expect, it, onTestFinished } from "vitest";

import { mapStacks } from "../map-stacks.ts";

/** A bundle of one source, which throws on its second line. */
async function bundled(): Promise<{ readonly path: string; readonly source: string }> {
  const folder = await mkdtemp(join(tmpdir(), "map-stacks-"));
  onTestFinished(async () => {
    Reflect.deleteProperty(Error, "prepareStackTrace");
    await rm(folder, { recursive: true });
  });
  const [path, source] = [join(folder, "program.cjs"), join(folder, "thrower.ts")];
  await writeFile(source, 'const what: string = "no luck";\n  throw new Error(what);\n');
  await build({
    entryPoints: [source],
    outfile: path,
    format: "cjs",
    banner: { js: "// one line\n// and another" },
    sourcemap: true,
    sourcesContent: false,
  });
  return { path, source };
}

function stackOf(path: string): string {
  const load = createRequire(path);
  try {
    load(path);
  } catch (error) {
    if (error instanceof Error) return error.stack ?? "";
  }
  return "";
}

it("names the line of the source, and begins with what happened", async () => {
  const { path, source } = await bundled();
  mapStacks(path);
  const [first, second] = stackOf(path).split("\n");
  expect(first).toBe("Error: no luck");
  expect(second).toMatch(new RegExp(`^    at .*\\(${source}:2:9\\)$`));
});

it("names the line of the program where its map is not there or damaged", async () => {
  const { path } = await bundled();
  for (const damage of [async () => writeFile(`${path}.map`, "{"), async () => rm(`${path}.map`)]) {
    await damage();
    mapStacks(path);
    expect(stackOf(path)).toContain(path);
  }
});

it("leaves what is not of the program as it is", async () => {
  const { path } = await bundled();
  mapStacks(path);
  expect(new Error("here").stack).toMatch(/^Error: here\n {4}at .*map-stacks\.test\.ts/);
});
