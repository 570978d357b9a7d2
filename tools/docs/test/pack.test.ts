import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { z } from "zod";

import { entriesOf, libraries } from "../library.ts";
import { outputOf } from "../output-of.ts";
import { packLibraries, type PackedProject } from "../packed-project.ts";
import { read } from "../workspace.ts";

// npm and a Node process for each library, on machines that may be slow.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

const wanted = /^(?:package\.json|README\.md|LICENSE|dist\/.+\.(?:js|d\.ts)(?:\.map)?)$/;
const specifier = /(?:\bfrom|\bimport)\s*\(?\s*["']([^"']+)["']/g;
const loaded = z.array(z.object({ url: z.string(), names: z.array(z.string()) }));
const manifest = z.looseObject({ exports: z.unknown().optional() });
let project: PackedProject;

beforeAll(async () => {
  project = await packLibraries();
});

afterAll(() => project.remove());

test.each(libraries)(
  "$name ships its build, manifest, README and licence, nothing else",
  async (library) => {
    const files = await project.filesOf(library);
    expect(files.filter((file) => !wanted.test(file))).toEqual([]);
    expect(files).toEqual(
      expect.arrayContaining(["LICENSE", "README.md", "dist/index.js", "package.json"]),
    );
  },
);

test.each(libraries)("$name ships every file its exports promise", async (library) => {
  const files = await project.filesOf(library);
  const promised = Object.values(library.exports).flatMap((entry) =>
    typeof entry === "string" ? [entry] : [entry["types"], entry["default"]],
  );
  expect(promised.filter((path) => !files.includes(path?.slice(2) ?? ""))).toEqual([]);
});

test.each(libraries)(
  "every entry of $name loads from its package in plain Node",
  async (library) => {
    const script = `
    const entries = ${JSON.stringify(entriesOf(library))}.map(async (entry) => ({
      url: import.meta.resolve(entry),
      names: Object.keys(await import(entry)),
    }));
    console.log(JSON.stringify(await Promise.all(entries)));`;
    const args = ["--input-type=module", "--eval", script];
    const output = await outputOf(process.execPath, args, { cwd: project.folder, env: {} });
    const home = pathToFileURL(join(project.folder, "node_modules", library.name, "dist")).href;
    for (const { url, names } of loaded.parse(JSON.parse(output))) {
      expect(url.startsWith(`${home}/`)).toBe(true);
      expect(names.length).toBeGreaterThan(0);
    }
  },
);

test.each(libraries)(
  "$name declares every package it imports, and no file of one",
  async (library) => {
    const declared = { ...library.dependencies, ...library.peerDependencies };
    const allowed = [
      ...(await Promise.all(Object.keys(declared).map(entriesOfPackage))).flat(),
      ...libraries.flatMap(entriesOf).filter((entry) => isDeclared(entry, library.dependencies)),
    ];
    const home = join(project.folder, "node_modules", library.name);
    const scripts = (await project.filesOf(library)).filter((file) => file.endsWith(".js"));
    const texts = await Promise.all(scripts.map((file) => readFile(join(home, file), "utf8")));
    const imported = texts.flatMap((text) =>
      [...text.matchAll(specifier)].map(([, from = ""]) => from),
    );
    const foreign = imported.filter((from) => !/^(?:\.{1,2}\/.+\.js|node:.+)$/.test(from));
    expect(foreign.filter((from) => !allowed.includes(from))).toEqual([]);
  },
);

/** A package and the subpaths that it exports to others. */
async function entriesOfPackage(name: string): Promise<readonly string[]> {
  const { exports } = manifest.parse(JSON.parse(await read(`node_modules/${name}/package.json`)));
  const subpaths = typeof exports === "object" && exports !== null ? Object.keys(exports) : [];
  return [name, ...subpaths.map((path) => name + path.slice(1))];
}

function isDeclared(entry: string, dependencies: Readonly<Record<string, string>>): boolean {
  return Object.keys(dependencies).some((name) => entry === name || entry.startsWith(`${name}/`));
}
