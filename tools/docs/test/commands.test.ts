import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

import { expect, test } from "vitest";
import { z } from "zod";

import { libraries } from "../library.ts";
import { Markdown } from "../markdown.ts";
import { markdownFiles, read, workspace } from "../workspace.ts";

const files = await markdownFiles();
const { scripts } = z
  .looseObject({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(await read("package.json")));
const ownCommands = new Set(["ci", "install", "pack"]);
const bundle = /^apps\/[\w-]+\/dist\/main\.mjs$/;

function matches(text: string, pattern: RegExp): readonly string[] {
  return [...text.matchAll(pattern)].map(([, found = ""]) => found);
}

/** Whether a file is there, or is what the build of an app makes. */
function isThere(path: string): boolean {
  if (!bundle.test(path)) return existsSync(join(workspace, path));
  return existsSync(join(workspace, dirname(dirname(path)), "src/main.ts"));
}

async function codeOf(file: string): Promise<string> {
  return new Markdown(await read(file)).code.join("\n");
}

test.each(files)("every npm command in %s exists", async (file) => {
  const code = await codeOf(file);
  const named = [
    ...matches(code, /\bnpm run ([\w:-]+)/g),
    ...matches(code, /\bnpm (?!run\b)([a-z]+)/g).filter((command) => !ownCommands.has(command)),
  ];
  expect(named.filter((name) => scripts[name] === undefined)).toEqual([]);
});

test.each(files)("every package that %s says to install is one of ours", async (file) => {
  const named = matches(await codeOf(file), /\bnpm install (@pr-review\/[\w-]+)/g);
  const names = libraries.map(({ name }) => name);
  expect(named.filter((name) => !names.includes(name))).toEqual([]);
});

test.each(files)("every program and source file named in %s exists", async (file) => {
  const paths = matches(await codeOf(file), /\b((?:apps|libs|tools)\/[\w./-]+\.(?:mjs|js|ts))\b/g);
  expect(paths.filter((path) => !isThere(path))).toEqual([]);
});
